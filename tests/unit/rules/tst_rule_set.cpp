#include "engine/rules/rule_set.h"

#include "engine/base/json.h"
#include "tests/support/fake_clock.h"

#include <QTest>

#include <random>

using namespace stormglass;

namespace {

Id idOf(int number)
{
    std::array<std::uint8_t, 12> bytes{};
    bytes[10] = static_cast<std::uint8_t>(number >> 8);
    bytes[11] = static_cast<std::uint8_t>(number);
    return Id(bytes);
}

Rule ruleOf(int number, const QByteArray &criteria, RuleState state = RuleState::Enabled)
{
    Rule rule;
    rule.id = idOf(number);
    rule.ref = {QStringLiteral("pack"), QStringLiteral("rule%1").arg(number)};
    rule.state = state;
    rule.triggerType = {QStringLiteral("pack"), QStringLiteral("event")};
    rule.criteria = *readJson(
        std::string_view(criteria.constData(), static_cast<std::size_t>(criteria.size())));
    return rule;
}

Rule backstop(int number, const QByteArray &criteria)
{
    Rule rule = ruleOf(number, criteria);
    rule.type = QStringLiteral("backstop");
    return rule;
}

TriggerInstance eventOf(std::string_view payload)
{
    TriggerInstance instance;
    instance.id = idOf(9999);
    instance.trigger = {QStringLiteral("pack"), QStringLiteral("event")};
    instance.payload = *readJson(payload);
    return instance;
}

QStringList namesOf(const std::vector<CompiledRulePointer> &rules)
{
    QStringList names;
    for (const CompiledRulePointer &rule : rules)
        names.append(rule->rule.ref.name);
    return names;
}

const QByteArray isCritical = R"({"trigger.severity": {"type": "equals", "pattern": "critical"}})";

} // namespace

class TestRuleSet : public QObject
{
    Q_OBJECT

private slots:
    void matchesInTheOrderOfTheRules();
    void givesAVerdictForEveryCandidate();
    void letsABackstopActOnlyIfNothingElseDoes();
    void observesWithoutActing();
    void asksOnlyRulesOnTheTrigger();
    void replacesAndRemovesRules();
    void listensOnlyWithRulesThatAreNotDisabled();
    void refusesAnUnknownOperatorButJudgesTheOthers();
    void recordsFailuresOfRulesItCouldHaveExcluded();
    void keepsOnlyWhatCannotBeMadeAgain();
    void neverMatchesConditionsOnAnEmptyPayload();
    void saysWithItsIndexWhatItSaysWithout();

private:
    Judgement judge(const std::vector<Rule> &rules, std::string_view payload)
    {
        RuleSet set;
        for (const Rule &rule : rules)
            set.put(rule);
        return set.judge(eventOf(payload), nullptr, m_clock);
    }
    FakeClock m_clock;
};

void TestRuleSet::matchesInTheOrderOfTheRules()
{
    const Judgement judgement
        = judge({ruleOf(1, R"({"trigger.n": {"type": "gt", "pattern": 4}})"), ruleOf(2, isCritical),
                 ruleOf(3, "{}"), ruleOf(4, R"({"trigger.n": {"type": "gt", "pattern": 9}})")},
                R"({"severity": "critical", "n": 5})");
    QCOMPARE(
        namesOf(judgement.toEnforce()),
        QStringList({QStringLiteral("rule1"), QStringLiteral("rule2"), QStringLiteral("rule3")}));
    QCOMPARE(judgement.candidates(), std::size_t(4));
    QCOMPARE(judgement.matched(), std::size_t(3));
}

void TestRuleSet::givesAVerdictForEveryCandidate()
{
    const Judgement judgement = judge(
        {ruleOf(1, isCritical), ruleOf(2, "{}", RuleState::Disabled),
         ruleOf(3, R"({"trigger.host": {"type": "regex", "pattern": "("}})"), ruleOf(4, "{}")},
        R"({"severity": "low", "host": "web"})");
    const std::vector<Verdict> verdicts = judgement.verdicts();
    QCOMPARE(verdicts.size(), std::size_t(4));
    QCOMPARE(verdicts[0].kind, VerdictKind::NotMatched);
    QCOMPARE(verdicts[0].criterion, QStringLiteral("trigger.severity"));
    QCOMPARE(verdicts[0].operatorName, QStringLiteral("equals"));
    QCOMPARE(verdicts[0].actual, Value("low"));
    QCOMPARE(verdicts[0].expected, Value("critical"));
    QCOMPARE(verdicts[0].triggerInstance, idOf(9999));
    QCOMPARE(verdicts[0].time, m_clock.now());
    QCOMPARE(verdicts[1].kind, VerdictKind::Disabled);
    QCOMPARE(verdicts[2].kind, VerdictKind::Error);
    QVERIFY(!verdicts[2].message.isEmpty());
    QCOMPARE(verdicts[3].kind, VerdictKind::Matched);
    QCOMPARE(*judgement.verdictOf(idOf(1)), verdicts[0]);
    QVERIFY(!judgement.verdictOf(idOf(77)));
    QCOMPARE(judgement.failures().size(), std::size_t(1));
}

void TestRuleSet::letsABackstopActOnlyIfNothingElseDoes()
{
    const std::vector<Rule> rules{backstop(1, "{}"), ruleOf(2, isCritical),
                                  backstop(3, isCritical)};
    const Judgement met = judge(rules, R"({"severity": "critical"})");
    QCOMPARE(namesOf(met.toEnforce()), QStringList({QStringLiteral("rule2")}));
    QCOMPARE(met.verdicts()[0].kind, VerdictKind::NotNeeded);

    const Judgement unmet = judge(rules, R"({"severity": "low"})");
    QCOMPARE(namesOf(unmet.toEnforce()), QStringList({QStringLiteral("rule1")}));
    QCOMPARE(unmet.verdicts()[2].kind, VerdictKind::NotMatched);
}

void TestRuleSet::observesWithoutActing()
{
    const Judgement judgement
        = judge({ruleOf(1, "{}", RuleState::Observe), backstop(2, "{}")}, R"({"n": 1})");
    QCOMPARE(judgement.verdicts()[0].kind, VerdictKind::Observed);
    QCOMPARE(namesOf(judgement.toEnforce()), QStringList({QStringLiteral("rule2")}));
    QCOMPARE(judgement.matched(), std::size_t(2));
}

void TestRuleSet::asksOnlyRulesOnTheTrigger()
{
    RuleSet set;
    Rule other = ruleOf(1, "{}");
    other.trigger = idOf(500);
    set.put(other);
    QCOMPARE(set.judge(eventOf("{}"), nullptr, m_clock).candidates(), std::size_t(0));

    TriggerInstance instance = eventOf("{}");
    instance.triggerId = idOf(500);
    QCOMPARE(set.judge(instance, nullptr, m_clock).matched(), std::size_t(1));
}

void TestRuleSet::replacesAndRemovesRules()
{
    RuleSet set;
    set.put(ruleOf(1, isCritical));
    set.put(ruleOf(2, "{}"));
    const Judgement before = set.judge(eventOf(R"({"severity": "low"})"), nullptr, m_clock);
    set.put(ruleOf(1, "{}"));
    QCOMPARE(namesOf(set.judge(eventOf(R"({"severity": "low"})"), nullptr, m_clock).toEnforce()),
             QStringList({QStringLiteral("rule1"), QStringLiteral("rule2")}));
    QVERIFY(set.remove(idOf(1)));
    QVERIFY(!set.remove(idOf(1)));
    QVERIFY(!set.find(idOf(1)));
    QCOMPARE(set.size(), std::size_t(1));
    // A judgement speaks of the rules as they were.
    QCOMPARE(before.verdicts()[0].kind, VerdictKind::NotMatched);
}

void TestRuleSet::refusesAnUnknownOperatorButJudgesTheOthers()
{
    const Judgement judgement
        = judge({ruleOf(1, R"({"trigger.n": {"type": "nope", "pattern": 1}})"), ruleOf(2, "{}")},
                R"({"n": 1})");
    QVERIFY(judgement.refusal());
    QCOMPARE(judgement.refusal()->message, QStringLiteral("Invalid operator: nope"));
    QCOMPARE(judgement.verdicts()[0].kind, VerdictKind::Error);
    QCOMPARE(namesOf(judgement.toEnforce()), QStringList({QStringLiteral("rule2")}));
}

// An equality decides in bulk only if nothing before it can fail in a way that must be recorded.
void TestRuleSet::recordsFailuresOfRulesItCouldHaveExcluded()
{
    const Judgement judgement
        = judge({ruleOf(1, R"({"trigger.n": {"type": "lessthan", "pattern": "x"},
                               "trigger.severity": {"type": "equals", "pattern": "critical"}})"),
                 ruleOf(2, R"({"trigger.n": {"type": "iequals", "pattern": "x"}})")},
                R"({"severity": "low", "n": 1})");
    QCOMPARE(judgement.failures().size(), std::size_t(2));
    QCOMPARE(judgement.failures()[0].failure.error.kind, QStringLiteral("TypeError"));
    QCOMPARE(judgement.failures()[1].failure.error.kind, QStringLiteral("AttributeError"));
}

void TestRuleSet::keepsOnlyWhatCannotBeMadeAgain()
{
    std::vector<Rule> rules;
    for (int i = 0; i < 100; ++i)
        rules.push_back(ruleOf(i + 1,
                               R"({"trigger.host": {"type": "equals", "pattern": "web)"
                                   + QByteArray::number(i) + R"("}})"));
    const Judgement judgement = judge(rules, R"({"host": "web42"})");
    QCOMPARE(namesOf(judgement.toEnforce()), QStringList({QStringLiteral("rule43")}));
    QCOMPARE(judgement.notableVerdicts().size(), std::size_t(1));
    QCOMPARE(judgement.verdicts().size(), std::size_t(100));
    QCOMPARE(judgement.verdicts()[0].expected, Value("web0"));
}

void TestRuleSet::neverMatchesConditionsOnAnEmptyPayload()
{
    const Judgement judgement
        = judge({ruleOf(1, R"({"trigger.a": {"type": "nexists", "pattern": true}})"),
                 ruleOf(2, isCritical), ruleOf(3, "{}")},
                "{}");
    QCOMPARE(namesOf(judgement.toEnforce()), QStringList({QStringLiteral("rule3")}));
    QVERIFY(judgement.verdicts()[0].criterion.isEmpty());
    QVERIFY(!judgement.verdicts()[1].message.isEmpty());
}

// Random rules and payloads: the verdicts of a set are those of each rule asked alone.
void TestRuleSet::saysWithItsIndexWhatItSaysWithout()
{
    std::mt19937 random(7);
    const auto pick = [&random](std::initializer_list<const char *> choices) {
        return QByteArray(*(choices.begin() + random() % choices.size()));
    };
    std::vector<Rule> rules;
    for (int i = 0; i < 80; ++i) {
        QByteArray criteria = "{";
        for (unsigned k = 0; k < 1 + random() % 3; ++k)
            criteria += QByteArray(k ? "," : "") + "\"trigger." + pick({"a", "b", "c.d", "e[0]"})
                + "#" + QByteArray::number(k) + R"(": {"type": ")"
                + pick({"equals", "eq", "iequals", "in", "exists", "nexists", "neq", "lt",
                        "contains"})
                + R"(", "pattern": )"
                + pick({"1", "1.0", "true", "\"x\"", "\"X\"", "[1, \"x\"]", "null", "{\"q\": 1}"})
                + "}";
        rules.push_back(ruleOf(i + 1, criteria + "}"));
    }
    for (int i = 0; i < 60; ++i) {
        const auto value = [&] {
            return pick({"1", "true", "\"x\"", "\"X\"", "null", "[1]", "{\"q\": 1.0}", "2"});
        };
        const QByteArray payload = "{\"a\": " + value() + ", \"b\": " + value()
            + ", \"c\": {\"d\": " + value() + "}, \"e\": [" + value() + "]}";
        const Judgement judgement = judge(rules, payload.toStdString());
        const std::vector<Verdict> verdicts = judgement.verdicts();
        std::size_t failures = 0;
        for (std::size_t r = 0; r < rules.size(); ++r) {
            const Judgement alone = judge({rules[r]}, payload.toStdString());
            const Value facts = eventOf(payload.toStdString()).payload;
            const CriteriaOutcome outcome
                = Criteria::compile(rules[r].criteria).evaluate(Facts{facts, nullptr, m_clock});
            QCOMPARE(verdicts[r], alone.verdicts()[0]);
            QCOMPARE(verdicts[r].kind == VerdictKind::Matched, outcome.matches());
            failures += outcome.failures.size();
        }
        QCOMPARE(judgement.failures().size(), failures);
    }
}

void TestRuleSet::listensOnlyWithRulesThatAreNotDisabled()
{
    RuleSet set;
    const Rule rule = ruleOf(1, "{}", RuleState::Disabled);
    const auto listens = [&] { return set.isListening(rule.trigger, rule.triggerType); };
    QVERIFY(!listens());
    set.put(rule);
    QVERIFY(!listens());
    set.put(ruleOf(1, "{}", RuleState::Observe));
    QVERIFY(listens());
}

QTEST_APPLESS_MAIN(TestRuleSet)
#include "tst_rule_set.moc"
