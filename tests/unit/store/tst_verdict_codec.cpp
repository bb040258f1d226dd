#include "engine/store/verdict_codec.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

class TestVerdictCodec : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatItWrites();
    void costsAFewBytesARule();
    void shortensALongValue();
    void doesNotKeepASecret();
    void shortensALongMessageBetweenCharacters();
    void keepsARuleUnderTheNameItHad();
    void readsWordsThatHaveNoNumber();
    void forgetsNumbersThatWereUndone();
    void refusesBytesItDidNotWrite();

private:
    Result<std::vector<Verdict>> through(Database &database, const std::vector<Verdict> &verdicts);
};

namespace {

Id idOf(std::uint8_t number)
{
    std::array<std::uint8_t, 12> bytes{};
    bytes[11] = number;
    return Id(bytes);
}

Verdict notMatched(std::uint8_t rule)
{
    return {.rule = idOf(rule),
            .ruleRef = {u"weather"_s, u"rule%1"_s.arg(rule)},
            .criterion = u"trigger.wind"_s,
            .operatorName = u"greaterthan"_s,
            .actual = 3,
            .expected = 20};
}

} // namespace

Result<std::vector<Verdict>> TestVerdictCodec::through(Database &database,
                                                       const std::vector<Verdict> &verdicts)
{
    Transaction transaction(database);
    VerdictWords words(database);
    SG_LET(const QByteArray bytes, encodeVerdicts(verdicts, words));
    SG_TRY(transaction.commit());
    VerdictWords others(database);
    return decodeVerdicts(bytes, others);
}

void TestVerdictCodec::readsWhatItWrites()
{
    TestDatabase database;
    std::vector<Verdict> verdicts;
    for (int kind = 0; kind <= static_cast<int>(VerdictKind::NotNeeded); ++kind) {
        Verdict verdict = notMatched(static_cast<std::uint8_t>(kind + 1));
        verdict.kind = static_cast<VerdictKind>(kind);
        if (kind % 2 == 1)
            verdict.message = u"Grund Nummer %1: ✓"_s.arg(kind);
        if (kind % 3 == 1)
            verdict.enforcement = idOf(200);
        if (kind % 4 == 3) {
            verdict.criterion.clear();
            verdict.operatorName.clear();
            verdict.actual = {};
            verdict.expected = {};
        }
        verdicts.push_back(verdict);
    }
    verdicts[0].actual = Value::map({{"b", 1.0}, {"a", Value::list({1, nullptr, "x"})}});
    verdicts[0].expected = Value();
    SG_VALUE(const std::vector<Verdict> read, through(database, verdicts));
    QCOMPARE(read, verdicts);
    SG_VALUE(const std::vector<Verdict> none, through(database, {}));
    QVERIFY(none.empty());
}

void TestVerdictCodec::costsAFewBytesARule()
{
    TestDatabase database;
    Transaction transaction(database);
    VerdictWords words(database);
    std::vector<Verdict> verdicts;
    for (std::uint8_t rule = 1; rule <= 100; ++rule)
        verdicts.push_back(notMatched(rule));
    SG_VALUE(const QByteArray bytes, encodeVerdicts(verdicts, words));
    QVERIFY2(bytes.size() <= 10 * 100, qPrintable(QString::number(bytes.size())));
}

void TestVerdictCodec::shortensALongValue()
{
    TestDatabase database;
    Verdict verdict = notMatched(1);
    verdict.actual = Value(std::string(1'000'000, 'x'));
    SG_VALUE(const std::vector<Verdict> read, through(database, {verdict}));
    QVERIFY(read.at(0).actual.isText());
    QVERIFY(read.at(0).actual.text().size() < 2 * maxValueBytes);
    QVERIFY(read.at(0).actual.toQString().endsWith(u'…'));
}

void TestVerdictCodec::doesNotKeepASecret()
{
    TestDatabase database;
    Verdict verdict = notMatched(1);
    verdict.expected = Value("hunter2").markedSecret();
    verdict.actual = Value::map({{"inside", Value("hunter2").markedSecret()}});
    SG_VALUE(const std::vector<Verdict> read, through(database, {verdict}));
    QCOMPARE(read.at(0).expected.toQString(), u"********"_s);
    QCOMPARE(read.at(0).actual["inside"].toQString(), u"********"_s);
}

void TestVerdictCodec::shortensALongMessageBetweenCharacters()
{
    TestDatabase database;
    Verdict verdict = notMatched(1);
    verdict.message = u"x"_s + u"✓"_s.repeated(5000);
    SG_VALUE(const std::vector<Verdict> read, through(database, {verdict}));
    QVERIFY(verdict.message.startsWith(read.at(0).message));
    QVERIFY(read.at(0).message.size() > 300);
}

void TestVerdictCodec::keepsARuleUnderTheNameItHad()
{
    TestDatabase database;
    Verdict renamed = notMatched(1);
    renamed.ruleRef.name = u"other"_s;
    SG_VALUE(const std::vector<Verdict> read, through(database, {notMatched(1), renamed}));
    QCOMPARE(read, (std::vector<Verdict>{notMatched(1), renamed}));
}

void TestVerdictCodec::readsWordsThatHaveNoNumber()
{
    TestDatabase database;
    committed(database, [&] {
        return database->run("INSERT INTO verdict_word (number, word) VALUES (?1, 'last')",
                             VerdictWords::maxWords);
    });
    SG_VALUE(const std::vector<Verdict> read, through(database, {notMatched(1), notMatched(2)}));
    QCOMPARE(read, (std::vector<Verdict>{notMatched(1), notMatched(2)}));
    SG_VALUE(const auto count, database->row("SELECT count(*) FROM verdict_word", [](Row &row) {
        return row.integer();
    }));
    QCOMPARE(count, std::optional<std::int64_t>(1));
}

void TestVerdictCodec::forgetsNumbersThatWereUndone()
{
    TestDatabase database;
    VerdictWords words(database);
    {
        Transaction transaction(database);
        SG_OK(words.numberOf({idOf(1), {u"p"_s, u"a"_s}}));
    }
    Transaction transaction(database);
    SG_VALUE(const std::int64_t first, words.numberOf({idOf(2), {u"p"_s, u"b"_s}}));
    SG_VALUE(const std::int64_t second, words.numberOf({idOf(1), {u"p"_s, u"a"_s}}));
    QVERIFY(first != second);
    SG_VALUE(const VerdictWords::Rule rule, words.rule(second));
    QCOMPARE(rule.id, idOf(1));
}

void TestVerdictCodec::refusesBytesItDidNotWrite()
{
    TestDatabase database;
    Transaction transaction(database);
    VerdictWords words(database);
    Verdict verdict = notMatched(1);
    verdict.message = u"why"_s;
    verdict.enforcement = idOf(9);
    SG_VALUE(const QByteArray bytes, encodeVerdicts({verdict}, words));
    for (qsizetype length = 0; length < bytes.size(); ++length) {
        if (length != 1)
            SG_FAILS(ErrorCode::Internal, decodeVerdicts(bytes.left(length), words));
    }
    // Whatever the bytes are, the answer is a value or an error.
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = bytes;
            changed[at] = static_cast<char>(changed.at(at) ^ (1 << bit));
            (void)decodeVerdicts(changed, words);
        }
    }
}

QTEST_GUILESS_MAIN(TestVerdictCodec)
#include "tst_verdict_codec.moc"
