#include "engine/model/uid.h"

#include "engine/base/json.h"

#include <QCryptographicHash>

namespace stormglass {

QString uidOf(const QString &resource, const Ref &ref)
{
    return resource + QLatin1Char(':') + ref.pack + QLatin1Char(':') + ref.name;
}

QString hashOf(const Value &parameters)
{
    const std::string json
        = writeJson(parameters, {.pythonSpacing = true, .sortKeys = true, .escapeNonAscii = true});
    const QByteArrayView bytes(json.data(), static_cast<qsizetype>(json.size()));
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex());
}

} // namespace stormglass
