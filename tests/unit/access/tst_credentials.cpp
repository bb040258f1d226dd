#include "engine/access/credentials.h"

#include "tests/support/fake_clock.h"
#include "tests/support/test_database.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

class TestCredentials : public QObject
{
    Q_OBJECT

private slots:
    void aKeyStandsForItsUserAndIsNotKept();
    void aTokenEnds();
    void nobodyIsRefusedInTheReferencesWords();
    void hashesAsStackStormDoes();

private:
    FakeClock m_clock;
    IdGenerator m_ids{m_clock};
};

void TestCredentials::aKeyStandsForItsUserAndIsNotKept()
{
    TestDatabase database(TestDatabase::Place::File);
    const QString key = committed(
        database, [&] { return issueApiKey(u"ann"_s, database, m_ids, m_clock.now()); });
    const auto identity = identityOf({Credential::Kind::ApiKey, key}, database, m_clock.now());
    QVERIFY(identity);
    QCOMPARE(identity->user, u"ann"_s);
    QCOMPARE(key.size(), 86);
    const auto other = identityOf({Credential::Kind::ApiKey, key + u'x'}, database, m_clock.now());
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::Unauthenticated);
    QVERIFY(!other.error().message.contains(key));
    const QString path = database.path();
    database.close();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(key.toUtf8()));
}

void TestCredentials::aTokenEnds()
{
    TestDatabase database;
    const QString token = committed(database, [&] {
        return issueServiceToken(u"stanley"_s, Value::map(), m_clock.now() + std::chrono::hours(1),
                                 database, m_ids);
    });
    QVERIFY(identityOf({Credential::Kind::Token, token}, database, m_clock.now()));
    const auto late = identityOf({Credential::Kind::Token, token}, database,
                                 m_clock.now() + std::chrono::hours(1));
    QVERIFY(!late);
    QCOMPARE(late.error().message, u"Unauthorized - Token has expired."_s);
}

void TestCredentials::nobodyIsRefusedInTheReferencesWords()
{
    TestDatabase database;
    QCOMPARE(identityOf({}, database, m_clock.now()).error().message,
             u"Unauthorized - One of Token or API key required."_s);
    QVERIFY(identityOf(Credential::localOwner(), database, m_clock.now()));
}

void TestCredentials::hashesAsStackStormDoes()
{
    // printf 'saltnpepperabc' | sha512sum
    QCOMPARE(apiKeyHash(u"abc"_s),
             u"3e5076021e2cb3dd90a045649478c8f858ff6803df789b950370870220099e9c"
             "1b1e8be52f60e2dc56b2c6c7ead6c732f119e784d47f20711b79d78c032a3182"_s);
}

QTEST_APPLESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
