#include "engine/host/datastore_key.h"

#include "engine/base/json.h"
#include "engine/base/thread_name.h"
#include "engine/secrets/datastore_cipher.h"
#include "engine/store/key_value_store.h"
#include "engine/store/transaction.h"

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSaveFile>

#include <future>
#include <thread>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(datastoreKeyLog, "stormglass.engine.host")

namespace {

constexpr qint64 mostKeyBytes = 64 * 1024;

Result<> writeKey(const QString &path, const Value &key)
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

// The plain text, by whichever key it was encrypted with.
struct Opened
{
    std::string text;
    bool isByNewKey = false;
};

Result<Opened> opened(const KeyValue &value, const DatastoreCipher &newKey,
                      const std::optional<DatastoreCipher> &oldKey)
{
    const std::string cipherText = value.value.toStdString();
    if (const Result<std::string> text = newKey.decrypt(cipherText))
        return Opened{*text, true};
    if (oldKey) {
        if (const Result<std::string> text = oldKey->decrypt(cipherText))
            return Opened{*text, false};
    }
    return failure(
        ErrorCode::Invalid,
        u"The value of \"%1\" is encrypted with neither the present key nor the new one. "
        "Set it again or delete it first."_s.arg(value.name));
}

Result<int> encryptAnew(Database &database, Timestamp now, const DatastoreCipher &newKey,
                        const std::optional<DatastoreCipher> &oldKey)
{
    KeyValueStore keys(database);
    Transaction transaction(database);
    SG_LET(const std::vector<KeyValue> values, keys.encrypted());
    int count = 0;
    for (KeyValue value : values) {
        SG_LET(const Opened plain, opened(value, newKey, oldKey));
        if (plain.isByNewKey)
            continue;
        SG_LET(const std::string cipherText, newKey.encrypt(plain.text));
        value.value = QString::fromStdString(cipherText);
        SG_TRY(keys.set(value, now));
        ++count;
    }
    SG_TRY(transaction.commit());
    return count;
}

Result<int> import(const Settings &settings, const Clock &clock, const QString &file)
{
    SG_LET(const Value newKey, readDatastoreKey(file));
    SG_LET(const DatastoreCipher newCipher, DatastoreCipher::fromKeyFile(newKey));
    const QString own = settings.datastoreKeyFile();
    std::optional<DatastoreCipher> oldCipher;
    SG_LET(const std::unique_ptr<Database> database, Database::openWriter(settings.databaseFile()));
    if (QFile::exists(own)) {
        SG_LET(const Value oldKey, readDatastoreKey(own));
        SG_LET(oldCipher, DatastoreCipher::fromKeyFile(oldKey));
        SG_TRY(writeKey(own + u".previous"_s, oldKey));
    }
    SG_LET(const int count, encryptAnew(*database, clock.now(), newCipher, oldCipher));
    // Where this fails, importing once more finds the values encrypted already.
    SG_TRY(writeKey(own, newKey));
    return count;
}

} // namespace

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
        qCWarning(datastoreKeyLog).noquote()
            << "The datastore's key" << path << "can be read by others than its user. Take their"
            << "rights away: chmod 600.";
    const QByteArray text = file.read(mostKeyBytes);
    return readJson({text.constData(), static_cast<std::size_t>(text.size())});
}

Result<Value> makeDatastoreKey(const QString &path)
{
    SG_LET(Value key, DatastoreCipher::newKeyFile());
    SG_TRY(writeKey(path, key));
    return key;
}

Result<int> importDatastoreKey(const Settings &settings, const Clock &clock, const QString &file)
{
    // Only the engine's thread writes.
    std::promise<Result<int>> imported;
    std::thread writer([&] {
        nameThisThread(ThreadName::Engine);
        imported.set_value(import(settings, clock, file));
    });
    writer.join();
    return imported.get_future().get();
}

} // namespace stormglass
