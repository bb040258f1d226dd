#include "engine/secrets/keychain.h"

#include "tests/support/keyring_session.h"

#include <QCoreApplication>
#include <QTest>

#include <cstdio>
#include <optional>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

Result<> kept(Keychain &keychain, const QString &name, const QString &secret)
{
    std::optional<Result<>> outcome;
    keychain.keep(name, secret, [&outcome](const Result<> &done) { outcome = done; });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return failure(ErrorCode::Timeout, u"no answer"_s);
    return *outcome;
}

Result<QString> recalled(Keychain &keychain, const QString &name)
{
    std::optional<Result<QString>> outcome;
    keychain.recall(name, [&outcome](const Result<QString> &found) { outcome = found; });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return failure(ErrorCode::Timeout, u"no answer"_s);
    return *outcome;
}

Result<> forgotten(Keychain &keychain, const QString &name)
{
    std::optional<Result<>> outcome;
    keychain.forget(name, [&outcome](const Result<> &done) { outcome = done; });
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return failure(ErrorCode::Timeout, u"no answer"_s);
    return *outcome;
}

} // namespace

// What holds with an open keyring, within the bus that KeychainTest makes.
class OpenKeyringTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsRecallsAndForgets()
    {
        Keychain keychain(u"Stormglass test"_s);
        QCOMPARE(recalled(keychain, u"fra-prod"_s).error().code, ErrorCode::NotFound);
        QVERIFY(kept(keychain, u"fra-prod"_s, u"s3cr\u00e9t \u2602"_s));
        QVERIFY(kept(keychain, u"ber-dev"_s, u"other"_s));
        QCOMPARE(*recalled(keychain, u"fra-prod"_s), u"s3cr\u00e9t \u2602"_s);
        QVERIFY(kept(keychain, u"fra-prod"_s, u"newer"_s));
        QCOMPARE(*recalled(keychain, u"fra-prod"_s), u"newer"_s);
        QVERIFY(forgotten(keychain, u"fra-prod"_s));
        QVERIFY(forgotten(keychain, u"fra-prod"_s));
        QCOMPARE(recalled(keychain, u"fra-prod"_s).error().code, ErrorCode::NotFound);
        QCOMPARE(*recalled(keychain, u"ber-dev"_s), u"other"_s);
    }

    void anotherProgramFindsWhatWasKept()
    {
        {
            Keychain keychain(u"Stormglass test"_s);
            QVERIFY(kept(keychain, u"ber-dev"_s, u"other"_s));
        }
        Keychain keychain(u"Stormglass test"_s);
        QCOMPARE(*recalled(keychain, u"ber-dev"_s), u"other"_s);
    }

    void manyQuestionsAtOnceAreAllAnswered()
    {
        Keychain keychain(u"Stormglass test"_s);
        int answers = 0;
        for (int i = 0; i < 20; ++i)
            keychain.recall(QString::number(i), [&answers](const Result<QString> &) { ++answers; });
        QTRY_COMPARE(answers, 20);
    }

    void aKeychainThatGoesTakesItsQuestionsAlong()
    {
        bool isAnswered = false;
        {
            Keychain keychain(u"Stormglass test"_s);
            keychain.recall(u"x"_s, [&isAnswered](const Result<QString> &) { isAnswered = true; });
        }
        Keychain other(u"Stormglass test"_s);
        QVERIFY(kept(other, u"y"_s, u"z"_s));
        QVERIFY(!isAnswered);
    }
};

// A locked keyring answers as if it were empty; nobody is there to open it.
class LockedKeyringTest : public QObject
{
    Q_OBJECT

private slots:
    void saysThatItCannotBeUsed()
    {
        Keychain keychain(u"Stormglass test"_s);
        const Result<QString> found = recalled(keychain, u"fra-prod"_s);
        QVERIFY(!found);
        QVERIFY2(found.error().code != ErrorCode::NotFound, qPrintable(found.error().message));
        QVERIFY(!kept(keychain, u"fra-prod"_s, u"secret"_s));
    }
};

class KeychainTest : public QObject
{
    Q_OBJECT

private slots:
    void withoutABusItSaysSo()
    {
        Keychain keychain(u"Stormglass test"_s);
        const Result<QString> found = recalled(keychain, u"fra-prod"_s);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Unavailable);
        QVERIFY2(found.error().message.startsWith("The system's keychain cannot be used: "_L1),
                 qPrintable(found.error().message));
        QVERIFY(found.error().message.endsWith(u'.'));
        QCOMPARE(kept(keychain, u"fra-prod"_s, u"secret"_s).error().code, ErrorCode::Unavailable);
        QCOMPARE(forgotten(keychain, u"fra-prod"_s).error().code, ErrorCode::Unavailable);
    }

    void withAnOpenKeyringItKeeps()
    {
        if (!hasKeyring())
            QSKIP("dbus and gnome-keyring are not installed");
        const KeyringOutcome outcome = runWithOpenKeyring();
        QVERIFY2(outcome.code == 0, outcome.said.constData());
    }

    void withALockedKeyringItSaysSo()
    {
        if (!hasKeyring())
            QSKIP("dbus and gnome-keyring are not installed");
        const KeyringOutcome outcome = runWithLockedKeyring();
        QVERIFY2(outcome.code == 0, outcome.said.constData());
    }
};

int main(int argc, char **argv)
{
    return runKeyringTests<OpenKeyringTest, LockedKeyringTest, KeychainTest>(argc, argv);
}

#include "tst_keychain.moc"
