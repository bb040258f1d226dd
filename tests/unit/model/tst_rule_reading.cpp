#include "engine/base/json.h"
#include "engine/model/rule.h"
#include "tests/support/result_checks.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

class TestRuleReading : public QObject
{
    Q_OBJECT

private slots:
    void fillsInWhatIsLeftOut();
    void readsWhatItWrites();
    void tellsTheThreeStates();
    void refuses_data();
    void refuses();
};

namespace {

// A rule that would be taken, with some members replaced; null leaves one out.
Value ruleWith(const char *members)
{
    Value rule
        = *readJson(R"({"name": "r", "trigger": {"type": "p.t"}, "action": {"ref": "core.noop"}})");
    const Value changes = *readJson(members);
    for (const ValueMap::Entry &entry : changes.entries())
        rule.set(entry.key, entry.value);
    return rule;
}

} // namespace

void TestRuleReading::fillsInWhatIsLeftOut()
{
    SG_VALUE(const Rule rule, ruleFromJson(ruleWith("{}")));
    QCOMPARE(rule.ref.text(), u"default.r"_s);
    QCOMPARE(rule.state, RuleState::Disabled);
    QCOMPARE(rule.type, u"standard"_s);
    QCOMPARE(rule.triggerType.text(), u"p.t"_s);
    QVERIFY(rule.triggerParameters == Value::map());
    QVERIFY(rule.tags == Value::list());
}

void TestRuleReading::readsWhatItWrites()
{
    Rule rule;
    rule.ref = {u"weather"_s, u"close.roof"_s};
    rule.description = u"Dach schließen"_s;
    rule.state = RuleState::Observe;
    rule.type = u"backstop"_s;
    rule.triggerType = {u"core"_s, u"st2.webhook"_s};
    rule.triggerParameters = Value::map({{"url", "storm"}});
    rule.criteria
        = Value::map({{"trigger.wind", Value::map({{"type", "greaterthan"}, {"pattern", 20}})}});
    rule.action = {u"weather"_s, u"shut"_s};
    rule.actionParameters = Value::map({{"room", "{{ trigger.room }}"}});
    rule.context = Value::map({{"user", "stanley"}});
    rule.tags = Value::list({Value::map({{"name", "a"}, {"value", "b"}})});
    rule.metadataFile = u"rules/close.yaml"_s;
    SG_VALUE(const Rule read, ruleFromJson(toJson(rule)));
    QCOMPARE(read, rule);
}

void TestRuleReading::tellsTheThreeStates()
{
    QCOMPARE(ruleFromJson(ruleWith(R"({"enabled": true})"))->state, RuleState::Enabled);
    QCOMPARE(ruleFromJson(ruleWith(R"({"enabled": false})"))->state, RuleState::Disabled);
    QCOMPARE(ruleFromJson(ruleWith(R"({"enabled": false, "state": "observe"})"))->state,
             RuleState::Observe);
}

void TestRuleReading::refuses_data()
{
    QTest::addColumn<QByteArray>("changes");
    QTest::addColumn<QString>("place");
    const auto add = [](const char *title, const char *changes, const QString &place) {
        QTest::newRow(title) << QByteArray(changes) << place;
    };
    add("no name", R"({"name": null})", u"name"_s);
    add("an empty name", R"({"name": ""})", u"name"_s);
    add("a number for a name", R"({"name": 5})", u"name"_s);
    add("no trigger", R"({"trigger": null})", u"trigger"_s);
    add("a text for a trigger", R"({"trigger": "p.t"})", u"trigger"_s);
    add("no trigger type", R"({"trigger": {}})", u"trigger.type"_s);
    add("trigger parameters that are a list", R"({"trigger": {"type": "p.t", "parameters": [1]}})",
        u"trigger.parameters"_s);
    add("no action", R"({"action": null})", u"action"_s);
    add("no action ref", R"({"action": {}})", u"action.ref"_s);
    add("an unknown member", R"({"actoin": 1})", QString());
    add("an unknown member of the action", R"({"action": {"ref": "a.b", "params": {}}})",
        u"action"_s);
    add("an unknown type", R"({"type": {"ref": "other"}})", u"type.ref"_s);
    add("a criterion without a pattern", R"({"criteria": {"trigger.a": {"type": "eq"}}})",
        u"criteria.trigger.a"_s);
    add("a criterion without a type", R"({"criteria": {"trigger.a": {"pattern": 1}}})",
        u"criteria.trigger.a"_s);
    add("a criterion that is a text", R"({"criteria": {"trigger.a": "eq"}})",
        u"criteria.trigger.a"_s);
    add("enabled as a text", R"({"enabled": "yes"})", u"enabled"_s);
    add("an unknown state", R"({"state": "asleep"})", u"state"_s);
    add("tags that are a text", R"({"tags": "x"})", u"tags"_s);
    add("tags of texts", R"({"tags": ["x"]})", u"tags"_s);
}

void TestRuleReading::refuses()
{
    QFETCH(const QByteArray, changes);
    QFETCH(const QString, place);
    const Result<Rule> rule = ruleFromJson(ruleWith(changes.constData()));
    QVERIFY(!rule);
    QCOMPARE(rule.error().code, ErrorCode::Invalid);
    QCOMPARE(rule.error().place, place);
    QVERIFY(!rule.error().message.isEmpty());
    SG_FAILS(ErrorCode::Invalid, ruleFromJson(Value::list()));
}

QTEST_GUILESS_MAIN(TestRuleReading)
#include "tst_rule_reading.moc"
