#include "engine/packaging/json_file.h"

#include "engine/base/json.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace stormglass {

Result<> writeJsonFile(const QString &path, const Value &document)
{
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    const std::string text = writeJson(document, {.indent = 1});
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit())
        return failure(ErrorCode::Unavailable,
                       u"%1 cannot be written: %2."_s.arg(path, file.errorString()));
    return {};
}

Value readJsonFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    return readJson({text.constData(), static_cast<std::size_t>(text.size())}).value_or(Value());
}

} // namespace stormglass
