#include "engine/rules/examination.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"
#include "tests/support/fake_clock.h"

#include <QTest>

using namespace stormglass;

class TestNearMiss : public QObject
{
    Q_OBJECT

private slots:
    void suggestsAChangeThatHolds_data();
    void suggestsAChangeThatHolds();
    void saysNothingOfAMatch();
    void namesOtherConditionsThatFailToo();
    void saysThatAnEmptyPayloadNeverMatches();
    void explainsWhatCannotBeAnswered();
    void pointsAtTheNearestItemOfASearch();
    void examinesEveryCondition();

private:
    std::optional<NearMiss> miss(const QByteArray &criteria, const QByteArray &payload) const
    {
        const Value facts = *readJson(payload.toStdString());
        return nearMiss(Criteria::compile(*readJson(criteria.toStdString())),
                        Facts{facts, nullptr, m_clock});
    }
    FakeClock m_clock{*timestampFromIso("2024-03-15T12:00:00Z")};
};

void TestNearMiss::suggestsAChangeThatHolds_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *condition, const char *payload, const char *sentence) {
        QTest::addRow("%s on %s", condition, payload)
            << QByteArray(condition) << QByteArray(payload) << QString::fromUtf8(sentence);
    };
    row(R"("trigger.s": {"type": "equals", "pattern": "critical"})", R"({"s": "CRITICAL"})",
        "Would match with iequals \"critical\": the case of letters differs.");
    row(R"("trigger.s": {"type": "equals", "pattern": "up"})", R"({"s": " up\n"})",
        "Would match with regex \"^\\\\s*up\\\\s*$\": there are blanks around it.");
    row(R"("trigger.s": {"type": "equals", "pattern": "db"})", R"({"s": "db-07"})",
        "Would match with startswith \"db\".");
    row(R"("trigger.s": {"type": "equals", "pattern": "web*"})", R"({"s": "web01"})",
        "Would match with matchwildcard \"web*\": only matchwildcard knows * and ?.");
    row(R"("trigger.s": {"type": "matchregex", "pattern": "ello"})", R"({"s": "Hello"})",
        "Would match with regex \"ello\": matchregex looks only at the start.");
    row(R"("trigger.s": {"type": "matchregex", "pattern": "^web-"})", R"({"s": "db-07"})",
        "Would match with matchregex \"^db-\".");
    row(R"("trigger.n": {"type": "equals", "pattern": "5"})", R"({"n": 5})",
        "Would match with equals 5: text and numbers are never equal.");
    row(R"("trigger.n": {"type": "equals", "pattern": 5})", R"({"n": "5"})",
        "Would match with equals \"5\": text and numbers are never equal.");
    row(R"("trigger.n": {"type": "greaterthan", "pattern": 80})", R"({"n": 80})",
        "Would match with greaterthan 79: the limit itself does not count.");
    row(R"("trigger.n": {"type": "greaterthan", "pattern": 80})", R"({"n": 75.5})",
        "Would match with greaterthan 75.");
    row(R"("trigger.n": {"type": "lessthan", "pattern": 1})", R"({"n": 3})",
        "Would match with lessthan 4.");
    row(R"("trigger.n": {"type": "in", "pattern": [1, 2]})", R"({"n": 3})",
        "Would match with in [1, 2, 3]: the list does not have it.");
    row(R"("trigger.n": {"type": "equals", "pattern": 1})", R"({"n": [1, 2]})",
        "Would match with contains 1: the payload has a list.");
    row(R"("trigger.host": {"type": "equals", "pattern": "a"})", R"({"body": {"host": "a"}})",
        "Would match at trigger.body.host: the key is elsewhere.");
    row(R"("trigger.headers.x_event": {"type": "equals", "pattern": "a"})",
        R"({"headers": {"X-Event": "a"}})",
        "Would match at trigger.headers.X-Event: the key is elsewhere.");
    row(R"("trigger.hots": {"type": "equals", "pattern": "a"})", R"({"host": "a"})",
        "Would match at trigger.host: the key is elsewhere.");
    row(R"("host": {"type": "equals", "pattern": "a"})", R"({"host": "a"})",
        "Would match at trigger.host: the key is elsewhere.");
    row(R"("trigger.t": {"type": "timediff_lt", "pattern": 60})",
        R"({"t": "2024-03-15T11:58:00Z"})",
        "Would match with timediff_lt 121: it was 120 seconds old.");
    row(R"("trigger.n": {"type": "nexists", "pattern": true})", R"({"n": 3})",
        "Would match with exists true.");
    row(R"("trigger.missing": {"type": "equals", "pattern": 3})", R"({"n": 3})",
        "The payload has nothing at trigger.missing.");
}

void TestNearMiss::suggestsAChangeThatHolds()
{
    QFETCH(const QByteArray, condition);
    QFETCH(const QByteArray, payload);
    QFETCH(const QString, sentence);
    const std::optional<NearMiss> found = miss("{" + condition + "}", payload);
    QVERIFY(found);
    QCOMPARE(found->sentence, sentence);
    QVERIFY(found->alsoFailing.empty());
}

void TestNearMiss::saysNothingOfAMatch()
{
    QVERIFY(!miss("{}", "{}"));
    QVERIFY(!miss(R"({"trigger.n": {"type": "equals", "pattern": 1}})", R"({"n": 1})"));
}

void TestNearMiss::namesOtherConditionsThatFailToo()
{
    const auto found = miss(
        R"({"trigger.a": {"type": "equals", "pattern": 1}, "trigger.b": {"type": "gt", "pattern": 5},
        "trigger.c": {"type": "exists", "pattern": true}})",
        R"({"a": 1, "b": 4})");
    QCOMPARE(*found->condition, std::size_t(1));
    QCOMPARE(found->change->pattern, Value(3));
    QCOMPARE(found->alsoFailing, std::vector<std::size_t>{2});
}

void TestNearMiss::saysThatAnEmptyPayloadNeverMatches()
{
    const auto found = miss(R"({"trigger.a": {"type": "nexists", "pattern": 1}})", "{}");
    QVERIFY(!found->condition);
    QVERIFY(found->sentence.contains(QStringLiteral("empty")));
}

void TestNearMiss::explainsWhatCannotBeAnswered()
{
    const auto found = miss(R"({"trigger.a": {"type": "regex", "pattern": "("}})", R"({"a": 5})");
    QVERIFY2(found->sentence.startsWith(QStringLiteral("Could not be answered:")),
             qPrintable(found->sentence));
    const auto unknown = miss(R"({"trigger.a": {"type": "==", "pattern": 5}})", R"({"a": 5})");
    QVERIFY(unknown->sentence.contains(QStringLiteral("Invalid operator: ==")));
}

void TestNearMiss::pointsAtTheNearestItemOfASearch()
{
    const auto found = miss(R"({"trigger.items": {"type": "search", "condition": "any", "pattern": {
        "item.name": {"type": "equals", "pattern": "a"}, "item.n": {"type": "gt", "pattern": 5}}}})",
                            R"({"items": [{"name": "b", "n": 1}, {"name": "a", "n": 2}]})");
    QCOMPARE(found->sentence,
             QStringLiteral("Of 2 items, number 2 comes nearest; it fails item.n."));
}

void TestNearMiss::examinesEveryCondition()
{
    const Value payload = *readJson(R"({"n": 1})");
    const Criteria criteria = Criteria::compile(*readJson(
        R"({"trigger.n": {"type": "equals", "pattern": 1}, "trigger.m": {"type": "lt", "pattern": 1}})"));
    const Examination examination = examine(criteria, Facts{payload, nullptr, m_clock});
    QVERIFY(!examination.matches);
    QCOMPARE(examination.conditions[0].kind, ConditionAnswer::Kind::Holds);
    QCOMPARE(examination.conditions[1].kind, ConditionAnswer::Kind::Failed);
    QVERIFY(!examination.conditions[1].message.isEmpty());
    QVERIFY(examination.nearMiss);

    const Value nothing = Value::map();
    const Criteria absent
        = Criteria::compile(*readJson(R"({"trigger.n": {"type": "nexists", "pattern": true}})"));
    const Examination empty = examine(absent, Facts{nothing, nullptr, m_clock});
    QVERIFY(empty.isPayloadEmpty);
    QVERIFY(!empty.matches);
    QCOMPARE(empty.conditions[0].kind, ConditionAnswer::Kind::Holds);
}

QTEST_APPLESS_MAIN(TestNearMiss)
#include "tst_near_miss.moc"
