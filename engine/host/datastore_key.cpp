#include "engine/host/datastore_key.h"

#include "engine/base/thread_name.h"
#include "engine/packs/sealed_values.h"
#include "engine/secrets/datastore_cipher.h"
#include "engine/store/key_value_store.h"
#include "engine/store/pack_store.h"
#include "engine/store/transaction.h"

#include <QFile>

#include <algorithm>
#include <future>
#include <thread>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

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

// They are in their files too, which are read again once their stamps are forgotten.
Result<> forgetSealedConfigs(Database &database)
{
    PackStore packs(database);
    SG_LET(const std::vector<PackConfig> configs, packs.configs());
    for (const PackConfig &config : configs) {
        if (!hasSealed(config.values))
            continue;
        SG_TRY(packs.removeConfig(config.pack));
        SG_TRY(packs.setStamp(config.pack, {}));
    }
    return {};
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
    SG_TRY(forgetSealedConfigs(database));
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
        SG_TRY(writeDatastoreKey(own + u".previous"_s, oldKey));
    }
    SG_LET(const int count, encryptAnew(*database, clock.now(), newCipher, oldCipher));
    // Where this fails, importing once more finds the values encrypted already.
    SG_TRY(writeDatastoreKey(own, newKey));
    return count;
}

} // namespace

Result<bool> hasStoredSecrets(Database &database)
{
    KeyValueStore keys(database);
    PackStore packs(database);
    SG_LET(const std::vector<KeyValue> values, keys.encrypted());
    SG_LET(const std::vector<PackConfig> configs, packs.configs());
    return !values.empty()
        || std::any_of(configs.begin(), configs.end(),
                       [](const PackConfig &config) { return hasSealed(config.values); });
}

Result<bool> hasStoredSecrets(const Settings &settings)
{
    if (!QFile::exists(settings.databaseFile()))
        return false;
    std::promise<Result<bool>> found;
    std::thread reader([&] {
        nameThisThread(ThreadName::Reader);
        const Result<std::unique_ptr<Database>> database
            = Database::openReader(settings.databaseFile());
        found.set_value(database ? hasStoredSecrets(**database) : failure(database.error()));
    });
    reader.join();
    return found.get_future().get();
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
