#include "engine/host/datastore.h"
#include "engine/host/datastore_key.h"

#include "engine/base/json.h"
#include "engine/base/thread_name.h"
#include "engine/store/pack_store.h"
#include "engine/store/transaction.h"
#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"

#include <QTemporaryDir>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

// A data folder with one secret in it.
struct Site
{
    Site()
    {
        settings.dataFolder = folder.path();
        withDatastore([&](Datastore &datastore) -> Result<> {
            SG_LET(const std::string cipherText, datastore.encrypt("very secret"));
            return datastore.keys().set({.id = *Id::fromHex("00000000000000000000000a"),
                                         .scope = u"st2kv.system"_s,
                                         .name = u"token"_s,
                                         .value = QString::fromStdString(cipherText),
                                         .isEncrypted = true},
                                        clock.now());
        });
    }

    void withDatabase(const std::function<Result<>(Database &)> &work)
    {
        SG_VALUE(const auto database, Database::openWriter(settings.databaseFile()));
        Transaction transaction(*database);
        SG_OK(work(*database));
        SG_OK(transaction.commit());
    }

    void withDatastore(const std::function<Result<>(Datastore &)> &work)
    {
        SG_VALUE(const auto database, Database::openWriter(settings.databaseFile()));
        Datastore datastore(*database, clock,
                            {settings.datastoreKeyFile(), settings.datastoreKeyMarker(),
                             KeySource::Missing::IsMade, settings.keychainKey});
        Transaction transaction(*database);
        SG_OK(work(datastore));
        SG_OK(transaction.commit());
    }

    QString secret()
    {
        QString text;
        withDatastore([&](Datastore &datastore) -> Result<> {
            SG_LET(const auto stored, datastore.keyValue("system", "token"));
            SG_LET(const Value plain, datastore.decrypt(stored->text()));
            text = plain.toQString();
            return {};
        });
        return text;
    }

    QString path(const char *name) const { return folder.filePath(QLatin1String(name)); }

    QTemporaryDir folder;
    Settings settings;
    FakeClock clock;
};

} // namespace

class TestDatastore : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Engine); }
    void makesAKeyThatOnlyItsUserCanRead();
    void encryptsAnewWhenAKeyIsImported();
    void takesUpAnImportThatWasCutOff();
    void leavesEverythingWhereAKeyCannotBeTaken();
    void usesANamedKeyAndNeverMakesOne();
    void makesNoNewKeyWhileSecretsNeedTheOldOne();
    void usesTheKeyThatAKeychainGave();
    void saysThatTheKeyIsInAKeychain();
    void sealedConfigurationsAreReadAgainAfterAnImport();
};

void TestDatastore::makesAKeyThatOnlyItsUserCanRead()
{
    Site site;
    QCOMPARE(site.secret(), u"very secret"_s);
    const QFile::Permissions granted = QFile::permissions(site.path("datastore.key"));
    QVERIFY(granted & QFile::ReadOwner);
    QVERIFY(!(granted & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup)));
}

void TestDatastore::encryptsAnewWhenAKeyIsImported()
{
    Site site;
    SG_VALUE(const Value key, makeDatastoreKey(site.path("st2.json")));
    SG_VALUE(const int count, importDatastoreKey(site.settings, site.clock, site.path("st2.json")));
    QCOMPARE(count, 1);
    QCOMPARE(site.secret(), u"very secret"_s);
    SG_VALUE(const Value now, readDatastoreKey(site.path("datastore.key")));
    QCOMPARE(now, key);
    QVERIFY(QFile::exists(site.path("datastore.key.previous")));
    // What is encrypted with it already is not touched.
    SG_VALUE(const int again, importDatastoreKey(site.settings, site.clock, site.path("st2.json")));
    QCOMPARE(again, 0);
}

void TestDatastore::takesUpAnImportThatWasCutOff()
{
    Site site;
    SG_VALUE(const Value key, makeDatastoreKey(site.path("st2.json")));
    QVERIFY(QFile::copy(site.path("datastore.key"), site.path("before")));
    SG_VALUE(const int count, importDatastoreKey(site.settings, site.clock, site.path("st2.json")));
    QCOMPARE(count, 1);
    // As if the program had ended before the key was put in its place.
    QVERIFY(QFile::remove(site.path("datastore.key")));
    QVERIFY(QFile::rename(site.path("before"), site.path("datastore.key")));
    SG_VALUE(const int again, importDatastoreKey(site.settings, site.clock, site.path("st2.json")));
    QCOMPARE(again, 0);
    QCOMPARE(site.secret(), u"very secret"_s);
}

void TestDatastore::leavesEverythingWhereAKeyCannotBeTaken()
{
    Site site;
    QVERIFY(!importDatastoreKey(site.settings, site.clock, site.path("nowhere")));
    QFile wrong(site.path("wrong.json"));
    QVERIFY(wrong.open(QIODevice::WriteOnly));
    wrong.write("{\"aesKeyString\": \"short\"}");
    wrong.close();
    QVERIFY(!importDatastoreKey(site.settings, site.clock, site.path("wrong.json")));
    QCOMPARE(site.secret(), u"very secret"_s);
    // A value that no key opens is named, and nothing changes.
    site.withDatastore([&](Datastore &datastore) {
        return datastore.keys().set({.id = *Id::fromHex("00000000000000000000000b"),
                                     .scope = u"st2kv.system"_s,
                                     .name = u"foreign"_s,
                                     .value = u"3030303030AA"_s,
                                     .isEncrypted = true},
                                    site.clock.now());
    });
    SG_VALUE(const Value key, makeDatastoreKey(site.path("st2.json")));
    const Result<int> refused
        = importDatastoreKey(site.settings, site.clock, site.path("st2.json"));
    QVERIFY(!refused && refused.error().message.contains(u"\"foreign\""));
    QCOMPARE(site.secret(), u"very secret"_s);
}

void TestDatastore::usesANamedKeyAndNeverMakesOne()
{
    Site site;
    site.settings.datastoreKey = u"other.json"_s;
    SG_VALUE(const auto database, Database::openWriter(site.settings.databaseFile()));
    Datastore datastore(*database, site.clock,
                        {site.settings.datastoreKeyFile(), {}, KeySource::Missing::IsMissed});
    const Result<std::string> refused = datastore.encrypt("x");
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Invalid);
    QVERIFY(refused.error().message.startsWith(u"Crypto key not found in "_s));
    QVERIFY(!QFile::exists(site.path("other.json")));
    SG_VALUE(const Value key, makeDatastoreKey(site.path("other.json")));
    SG_VALUE(const std::string cipherText, datastore.encrypt("x"));
    SG_VALUE(const Value plain, datastore.decrypt(cipherText));
    QCOMPARE(plain, Value("x"));
}

void TestDatastore::makesNoNewKeyWhileSecretsNeedTheOldOne()
{
    Site site;
    SG_VALUE(const bool hasSecrets, hasStoredSecrets(site.settings));
    QVERIFY(hasSecrets);
    QVERIFY(QFile::remove(site.path("datastore.key")));
    SG_VALUE(const auto database, Database::openWriter(site.settings.databaseFile()));
    Datastore datastore(*database, site.clock,
                        {site.path("datastore.key"), {}, KeySource::Missing::IsMade});
    const Result<std::string> refused = datastore.encrypt("x");
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"Put the key back"));
    QVERIFY(!QFile::exists(site.path("datastore.key")));
}

void TestDatastore::usesTheKeyThatAKeychainGave()
{
    Site site;
    SG_VALUE(site.settings.keychainKey, readDatastoreKey(site.path("datastore.key")));
    QVERIFY(QFile::remove(site.path("datastore.key")));
    QCOMPARE(site.secret(), u"very secret"_s);
    QVERIFY(!QFile::exists(site.path("datastore.key")));
}

void TestDatastore::saysThatTheKeyIsInAKeychain()
{
    Site site;
    QVERIFY(QFile::remove(site.path("datastore.key")));
    QFile marker(site.path("datastore.keychain"));
    QVERIFY(marker.open(QIODevice::WriteOnly));
    marker.write("{\"name\": \"datastore key 1\"}");
    marker.close();
    SG_VALUE(const auto database, Database::openWriter(site.settings.databaseFile()));
    Datastore datastore(
        *database, site.clock,
        {site.path("datastore.key"), site.path("datastore.keychain"), KeySource::Missing::IsMade});
    const Result<std::string> refused = datastore.encrypt("x");
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"\"datastore key 1\""));
    QVERIFY(refused.error().message.contains(u"--key-to-file"));
}

void TestDatastore::sealedConfigurationsAreReadAgainAfterAnImport()
{
    Site site;
    site.withDatabase([&](Database &database) -> Result<> {
        PackStore packs(database);
        SG_TRY(packs.setConfig(
            {*Id::fromHex("00000000000000000000000c"), u"p"_s,
             Value::map({{"password", Value::map({{"$stormglass-sealed", "ABCD"}})}})}));
        SG_TRY(packs.setConfig(
            {*Id::fromHex("00000000000000000000000d"), u"q"_s, Value::map({{"room", "attic"}})}));
        SG_TRY(packs.setStamp(u"p"_s, u"1"_s));
        return packs.setStamp(u"q"_s, u"2"_s);
    });
    SG_VALUE(const Value key, makeDatastoreKey(site.path("st2.json")));
    SG_VALUE(const int count, importDatastoreKey(site.settings, site.clock, site.path("st2.json")));
    QCOMPARE(count, 1);
    SG_VALUE(const auto database, Database::openWriter(site.settings.databaseFile()));
    PackStore packs(*database);
    QVERIFY(!packs.config(u"p"_s).value());
    QVERIFY(packs.config(u"q"_s).value());
    QCOMPARE(packs.stamp(u"p"_s).value(), QString());
    QCOMPARE(packs.stamp(u"q"_s).value(), u"2"_s);
}

QTEST_GUILESS_MAIN(TestDatastore)
#include "tst_datastore.moc"
