#include "engine/secrets/key_keeping.h"

#include "engine/base/json.h"
#include "engine/secrets/datastore_cipher.h"
#include "engine/secrets/key_file.h"
#include "tests/support/keyring_session.h"
#include "tests/support/result_checks.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

using Key = std::optional<Value>;

// A data folder whose console starts now and then.
struct Site
{
    QTemporaryDir folder;
    KeyPlaces places{folder.filePath(u"datastore.key"_s), folder.filePath(u"datastore.keychain"_s)};
    bool hasSecrets = false;

    bool hasFile() const { return QFile::exists(places.file); }
    bool hasMarker() const { return QFile::exists(places.marker); }

    Result<Key> obtain()
    {
        Keychain keychain(u"Stormglass test"_s);
        KeyKeeping keeping(keychain, places, [this]() -> Result<bool> { return hasSecrets; });
        std::optional<Result<Key>> taken;
        keeping.obtain([&](Result<Key> key) { taken = std::move(key); });
        return waited(taken);
    }
    Result<> putIntoFile()
    {
        Keychain keychain(u"Stormglass test"_s);
        KeyKeeping keeping(keychain, places, [this]() -> Result<bool> { return hasSecrets; });
        std::optional<Result<>> done;
        keeping.putIntoFile([&](Result<> result) { done = std::move(result); });
        return waited(done);
    }
    Result<>
    inKeychain(const std::function<void(Keychain &, const QString &, Keychain::Done)> &work)
    {
        Keychain keychain(u"Stormglass test"_s);
        std::optional<Result<>> done;
        work(keychain, keychainNameIn(places.marker),
             [&](const Result<> &result) { done = result; });
        return waited(done);
    }

private:
    template <typename T>
    static T waited(const std::optional<T> &outcome)
    {
        if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000))
            return failure(ErrorCode::Timeout, u"no answer"_s);
        return *outcome;
    }
};

} // namespace

class OpenKeyringTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsANewKeyInTheKeychain()
    {
        Site site;
        SG_VALUE(const Key made, site.obtain());
        QVERIFY(made);
        QVERIFY(site.hasMarker());
        QVERIFY(!site.hasFile());
        site.hasSecrets = true;
        SG_VALUE(const Key again, site.obtain());
        QVERIFY(again && *again == *made);
        // The marker tells no secret.
        QFile marker(site.places.marker);
        QVERIFY(marker.open(QIODevice::ReadOnly));
        QVERIFY(!marker.readAll().contains("aesKeyString"));
    }

    void movesAKeyOutOfItsFile()
    {
        Site site;
        site.hasSecrets = true;
        SG_VALUE(const Value key, makeDatastoreKey(site.places.file));
        SG_VALUE(const Key moved, site.obtain());
        QVERIFY(moved && *moved == key);
        QVERIFY(!site.hasFile());
        SG_VALUE(const Key again, site.obtain());
        QVERIFY(again && *again == key);
    }

    void aFileBesideAMarkerWins()
    {
        Site site;
        SG_VALUE(const Key old, site.obtain());
        const QString name = keychainNameIn(site.places.marker);
        // Another key was imported meanwhile.
        SG_VALUE(const Value imported, makeDatastoreKey(site.places.file));
        SG_VALUE(const Key now, site.obtain());
        QVERIFY(now && *now == imported && *now != *old);
        QVERIFY(!site.hasFile());
        QCOMPARE(keychainNameIn(site.places.marker), name);
        SG_VALUE(const Key again, site.obtain());
        QVERIFY(again && *again == imported);
    }

    void makesNoNewKeyWhereOneWasLost()
    {
        Site site;
        SG_VALUE(const Key made, site.obtain());
        SG_OK(site.inKeychain([](Keychain &keychain, const QString &name, Keychain::Done done) {
            keychain.forget(name, std::move(done));
        }));
        site.hasSecrets = true;
        const Result<Key> lost = site.obtain();
        QVERIFY(!lost);
        QCOMPARE(lost.error().code, ErrorCode::Invalid);
        QVERIFY(lost.error().message.contains(u"No new key is made"));
        QVERIFY(!site.hasFile());
        // With nothing to open, a new one does no harm.
        site.hasSecrets = false;
        SG_VALUE(const Key anew, site.obtain());
        QVERIFY(anew && *anew != *made);
    }

    void makesNoNewKeyWhereTheFileWasLost()
    {
        Site site;
        site.hasSecrets = true;
        const Result<Key> lost = site.obtain();
        QVERIFY(!lost);
        QVERIFY(lost.error().message.contains(site.places.file));
        QVERIFY(!site.hasMarker());
    }

    void refusesWhatIsNoKey()
    {
        Site site;
        SG_VALUE(const Key made, site.obtain());
        SG_OK(site.inKeychain([](Keychain &keychain, const QString &name, Keychain::Done done) {
            keychain.keep(name, u"{}"_s, std::move(done));
        }));
        QVERIFY(!site.obtain());
        QFile file(site.places.file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"aesKeyString\": \"short\"}");
        file.close();
        QVERIFY(!site.obtain());
        QVERIFY(site.hasFile());
    }

    void putsTheKeyBackIntoAFile()
    {
        Site site;
        SG_VALUE(const Key made, site.obtain());
        const QString name = keychainNameIn(site.places.marker);
        SG_OK(site.putIntoFile());
        SG_VALUE(const Value key, readDatastoreKey(site.places.file));
        QCOMPARE(key, *made);
        QVERIFY(!site.hasMarker());
        QCOMPARE(site.putIntoFile().error().code, ErrorCode::NotFound);
        QVERIFY(!(QFile::permissions(site.places.file) & (QFile::ReadGroup | QFile::ReadOther)));
    }
};

// With a keyring that nobody opens, or without any.
class ClosedKeyringTest : public QObject
{
    Q_OBJECT

private slots:
    void leavesAKeyInItsFile()
    {
        Site site;
        site.hasSecrets = true;
        SG_VALUE(const Value key, makeDatastoreKey(site.places.file));
        SG_VALUE(const Key used, site.obtain());
        QVERIFY(used && *used == key);
        QVERIFY(site.hasFile());
        QVERIFY(!site.hasMarker());
    }

    void leavesANewKeyToTheEngine()
    {
        Site site;
        SG_VALUE(const Key none, site.obtain());
        QVERIFY(!none);
        QVERIFY(!site.hasMarker());
    }

    void saysThatTheKeychainHasTheKey()
    {
        Site site;
        QFile marker(site.places.marker);
        QVERIFY(marker.open(QIODevice::WriteOnly));
        marker.write("{\"name\": \"datastore key 1\"}");
        marker.close();
        const Result<Key> refused = site.obtain();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(refused.error().message.contains(u"Open the keychain and try again"));
        QVERIFY(!site.hasFile());
    }
};

class KeyKeepingTest : public ClosedKeyringTest
{
    Q_OBJECT

private slots:
    void holdsWithAnOpenKeyring()
    {
        if (!hasKeyring())
            QSKIP("dbus and gnome-keyring are not installed");
        const KeyringOutcome outcome = runWithOpenKeyring();
        QVERIFY2(outcome.code == 0, outcome.said.constData());
    }

    void holdsWithALockedKeyring()
    {
        if (!hasKeyring())
            QSKIP("dbus and gnome-keyring are not installed");
        const KeyringOutcome outcome = runWithLockedKeyring();
        QVERIFY2(outcome.code == 0, outcome.said.constData());
    }
};

int main(int argc, char **argv)
{
    return runKeyringTests<OpenKeyringTest, ClosedKeyringTest, KeyKeepingTest>(argc, argv);
}

#include "tst_key_keeping.moc"
