#include "engine/secrets/key_file.h"

#include "engine/base/json.h"
#include "engine/secrets/datastore_cipher.h"

#include <QFile>
#include <QLoggingCategory>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(keyFileLog, "stormglass.engine.secrets")

namespace {

constexpr qint64 mostKeyBytes = 64 * 1024;

} // namespace

Result<> writeDatastoreKey(const QString &path, const Value &key)
{
    QSaveFile file(path);
    const QByteArray text = QByteArray::fromStdString(writeJson(key));
    const bool isKept = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(text) == text.size() && file.commit();
    if (!isKept)
        return failure(
            ErrorCode::Unavailable,
            u"The datastore's key %1 cannot be written: %2"_s.arg(path, file.errorString()));
    return {};
}

Result<Value> readDatastoreKey(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            ErrorCode::Unavailable,
            u"The datastore's key %1 cannot be read: %2"_s.arg(path, file.errorString()));
    const QFile::Permissions others
        = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if ((file.permissions() & others) != 0)
        qCWarning(keyFileLog).noquote()
            << "The datastore's key" << path << "can be read by others than its user. Take their"
            << "rights away: chmod 600.";
    const QByteArray text = file.read(mostKeyBytes);
    return readJson({text.constData(), static_cast<std::size_t>(text.size())});
}

Result<Value> makeDatastoreKey(const QString &path)
{
    SG_LET(Value key, DatastoreCipher::newKeyFile());
    SG_TRY(writeDatastoreKey(path, key));
    return key;
}

} // namespace stormglass
