#include "engine/rules/rule_problems.h"

#include "engine/base/json.h"
#include "engine/rules/near_operators.h"

#include <QTest>

using namespace stormglass;

class TestRuleProblems : public QObject
{
    Q_OBJECT

private slots:
    void findsNothingInGoodCriteria();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void knowsWhichOperatorWasMeant();
    void refusesByTheFirstError();
    void reviewsTheWholeRule();
    void findsTemplatesThatCannotBeRead();
    void survivesEndlessNesting();
};

void TestRuleProblems::findsNothingInGoodCriteria()
{
    QVERIFY(criteriaProblems(Value()).empty());
    QVERIFY(criteriaProblems(Value::map()).empty());
    QVERIFY(criteriaProblems(*readJson(R"({"trigger.a.b#1": {"type": "regex", "pattern": "^a+$"},
        "trigger.list": {"type": "search", "condition": "any", "pattern": {"item.n": {"type": "gt", "pattern": 1}}},
        "system.key": {"type": "exists", "pattern": true}})"))
                .empty());
}

void TestRuleProblems::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("criteria");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("part");
    QTest::addColumn<bool>("isError");
    const auto row = [](const char *criteria, const char *place, const char *part, bool isError) {
        QTest::newRow(criteria) << QByteArray(criteria) << QString::fromUtf8(place)
                                << QString::fromUtf8(part) << isError;
    };
    row("[]", "criteria", "dict", true);
    row(R"({"trigger.a": 5})", "criteria[\"trigger.a\"]", "mapping", true);
    row(R"({"trigger.a": {"pattern": 5}})", "criteria[\"trigger.a\"].type",
        "Operator not specified", true);
    row(R"({"trigger.a": {"type": "nope", "pattern": 5}})", "criteria[\"trigger.a\"].type",
        "not in list", true);
    row(R"({"trigger.a": {"type": "Equals", "pattern": 5}})", "criteria[\"trigger.a\"].type",
        "not in list", true);
    row(R"({"trigger.a": {"type": "exists"}})", "criteria[\"trigger.a\"].pattern", "no pattern",
        true);
    row(R"({"trigger.a[": {"type": "eq", "pattern": 5}})", "criteria[\"trigger.a[\"]", "path",
        false);
    row(R"({"a": {"type": "eq", "pattern": 5}})", "criteria[\"a\"]", "leads nowhere", false);
    row(R"({"trigger.a": {"type": "regex", "pattern": "("}})", "criteria[\"trigger.a\"].pattern",
        "cannot work", false);
    row(R"({"trigger.a": {"type": "timediff_lt", "pattern": "soon"}})",
        "criteria[\"trigger.a\"].pattern", "float", false);
    row(R"({"trigger.a": {"type": "search", "condition": "some", "pattern": {}}})",
        "criteria[\"trigger.a\"].condition", "any2any", false);
    row(R"({"trigger.a": {"type": "search", "condition": "any", "pattern": {"item.b": {"type": "==", "pattern": 1}}}})",
        "criteria[\"trigger.a\"].pattern[\"item.b\"].type", "not in list", false);
}

void TestRuleProblems::namesWhatIsWrong()
{
    QFETCH(const QByteArray, criteria);
    QFETCH(const QString, place);
    QFETCH(const QString, part);
    QFETCH(const bool, isError);
    const std::vector<RuleProblem> problems = criteriaProblems(*readJson(criteria.toStdString()));
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems[0].place, place);
    QVERIFY2(problems[0].message.contains(part), qPrintable(problems[0].message));
    QCOMPARE(problems[0].severity == RuleProblem::Severity::Error, isError);
}

void TestRuleProblems::knowsWhichOperatorWasMeant()
{
    QCOMPARE(nearOperators(QStringLiteral("==")).value(0), QStringLiteral("equals"));
    QCOMPARE(nearOperators(QStringLiteral("Equals")).value(0), QStringLiteral("equals"));
    QCOMPARE(nearOperators(QStringLiteral("match_regex")).value(0), QStringLiteral("matchregex"));
    QCOMPARE(nearOperators(QStringLiteral("greatertahn")).value(0), QStringLiteral("greaterthan"));
    QCOMPARE(nearOperators(QStringLiteral("not-in")).value(0), QStringLiteral("ninside"));
    QVERIFY(nearOperators(QStringLiteral("xyzzy")).isEmpty());
    QVERIFY(nearOperators(QString(100'000, QLatin1Char('e'))).isEmpty());
}

void TestRuleProblems::refusesByTheFirstError()
{
    const auto refusal = refusalFrom(criteriaProblems(*readJson(
        R"({"a": {"type": "eq", "pattern": 5}, "trigger.a": {"type": "eqauls", "pattern": 5}})")));
    QVERIFY(refusal);
    QCOMPARE(refusal->place, QStringLiteral("criteria[\"trigger.a\"].type"));
    QVERIFY2(refusal->message.contains(QStringLiteral("(did you mean equals")),
             qPrintable(refusal->message));
    QVERIFY(!refusalFrom(criteriaProblems(*readJson(R"({"a": {"type": "eq", "pattern": 5}})"))));
}

void TestRuleProblems::reviewsTheWholeRule()
{
    Rule rule;
    rule.type = QStringLiteral("sometimes");
    const std::vector<RuleProblem> problems = ruleProblems(rule);
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems[0].place, QStringLiteral("type.ref"));
}

void TestRuleProblems::findsTemplatesThatCannotBeRead()
{
    const std::vector<RuleProblem> pattern = criteriaProblems(
        *readJson(R"({"trigger.a": {"type": "eq", "pattern": "{{ trigger.b | nope }}"}})"));
    QCOMPARE(pattern.size(), std::size_t(1));
    QCOMPARE(pattern[0].place, QStringLiteral("criteria[\"trigger.a\"].pattern"));
    QVERIFY2(pattern[0].message.contains(QStringLiteral("nope")), qPrintable(pattern[0].message));

    Rule rule;
    rule.actionParameters
        = *readJson(R"({"good": "{{ trigger.a }}", "list": ["plain", {"bad": "{{ trigger. }}"}]})");
    const std::vector<RuleProblem> parameters = ruleProblems(rule);
    QCOMPARE(parameters.size(), std::size_t(1));
    QCOMPARE(parameters[0].place, QStringLiteral("action.parameters.list[1].bad"));
    QCOMPARE(parameters[0].severity, RuleProblem::Severity::Warning);
}

void TestRuleProblems::survivesEndlessNesting()
{
    Value criteria = Value::map();
    for (int i = 0; i < 100; ++i)
        criteria = Value::map(
            {{i == 99 ? "trigger.a" : "item.a",
              Value::map({{"type", "search"}, {"condition", "any"}, {"pattern", criteria}})}});
    QVERIFY(!criteriaProblems(criteria).empty());
}

QTEST_APPLESS_MAIN(TestRuleProblems)
#include "tst_rule_problems.moc"
