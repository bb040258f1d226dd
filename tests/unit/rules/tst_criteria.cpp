#include "engine/rules/criteria.h"

#include "engine/base/json.h"
#include "engine/rules/pattern_template.h"
#include "tests/support/fake_clock.h"

#include <QTest>

using namespace stormglass;

namespace {

// A datastore with one key, `limit`, which holds 40; as a ciphertext it hides a word.
class OneKey final : public Resolver
{
public:
    Result<std::optional<Value>> keyValue(std::string_view scope,
                                          std::string_view name) const override
    {
        return scope == "system" && name == "limit" ? std::optional(Value("40")) : std::nullopt;
    }
    Result<Value> decrypt(std::string_view) const override
    {
        return Value("hidden").markedSecret();
    }
};

} // namespace

class TestCriteria : public QObject
{
    Q_OBJECT

private slots:
    void matchWithoutConditions();
    void neverMatchAnEmptyPayload();
    void stopAtTheFirstConditionThatFails();
    void cutTheKeyAtItsFirstHash();
    void failWithoutAnOperator();
    void recordErrorsAsFailures();
    void giveUpOnAnUnknownOperator();
    void keepPatternsThatAreNoText();
    void searchItemsInAllModes_data();
    void searchItemsInAllModes();
    void recordEveryFailureWithinASearch();
    void findDatastoreKeysByPath();
    void answerEveryConditionWhenAsked();
    void renderPatternsTyped_data();
    void renderPatternsTyped();
    void putTheFilterWhereTheReferenceDoes();
    void resolveBareDatastoreKeysToTheirText();
    void keepASecretPatternSecret();
    void recordWhatTemplatesFailWith();

private:
    CriteriaOutcome judge(const char *criteria, const char *payload) const
    {
        const Value facts = *readJson(payload);
        return Criteria::compile(*readJson(criteria)).evaluate(Facts{facts, nullptr, m_clock});
    }
    FakeClock m_clock;
};

void TestCriteria::matchWithoutConditions()
{
    QVERIFY(judge("{}", R"({"a": 1})").matches());
    QVERIFY(judge("{}", "{}").matches());
}

void TestCriteria::neverMatchAnEmptyPayload()
{
    const CriteriaOutcome outcome
        = judge(R"({"trigger.a": {"type": "nexists", "pattern": true}})", "{}");
    QVERIFY(!outcome.matches());
    QVERIFY(!outcome.condition);
    QVERIFY(!judge(R"({"trigger.a": {"type": "nexists", "pattern": true}})", "null").matches());
}

void TestCriteria::stopAtTheFirstConditionThatFails()
{
    const CriteriaOutcome outcome = judge(R"({"trigger.host": {"type": "equals", "pattern": "db1"},
        "trigger.load": {"type": "greaterthan", "pattern": 5}, "trigger.x": {"type": "nope", "pattern": 1}})",
                                          R"({"host": "db1", "load": 4})");
    QCOMPARE(outcome.kind, ConditionAnswer::Kind::Fails);
    QCOMPARE(*outcome.condition, std::size_t(1));
    QCOMPARE(outcome.actual, Value(4));
    QCOMPARE(outcome.expected, Value(5));
    QVERIFY(outcome.failures.empty());
}

void TestCriteria::cutTheKeyAtItsFirstHash()
{
    QVERIFY(
        judge(
            R"({"trigger.n#1": {"type": "gt", "pattern": 1}, "trigger.n#2#3": {"type": "lt", "pattern": 3}})",
            R"({"n": 2})")
            .matches());
}

void TestCriteria::failWithoutAnOperator()
{
    QCOMPARE(judge(R"({"trigger.n": {"pattern": 1}})", R"({"n": 1})").kind,
             ConditionAnswer::Kind::Fails);
}

void TestCriteria::recordErrorsAsFailures()
{
    const CriteriaOutcome badKey
        = judge(R"({"trigger.": {"type": "exists", "pattern": 1}})", R"({"n": 1})");
    QCOMPARE(badKey.kind, ConditionAnswer::Kind::Failed);
    QCOMPARE(badKey.failures.at(0).reason(QStringLiteral("p.r"), QStringLiteral("1")),
             QStringLiteral("Failed to match rule \"p.r\" against trigger instance \"1\": Failed "
                            "transforming criteria "
                            "key trigger.: The path ends too early"));

    const CriteriaOutcome badValue
        = judge(R"({"trigger.n": {"type": "lessthan", "pattern": "x"}})", R"({"n": 1})");
    QCOMPARE(badValue.failures.at(0).error.kind, QStringLiteral("TypeError"));
    QCOMPARE(badValue.actual, Value(1));
    QVERIFY(
        badValue.failures.at(0)
            .reason(QStringLiteral("p.r"), QStringLiteral("1"))
            .contains(QStringLiteral("There might be a problem with the criteria in rule p.r")));
}

void TestCriteria::giveUpOnAnUnknownOperator()
{
    QCOMPARE(judge(R"({"trigger.n": {"type": "nope", "pattern": 1}})", R"({"n": 1})").kind,
             ConditionAnswer::Kind::Broken);
}

void TestCriteria::keepPatternsThatAreNoText()
{
    QVERIFY(judge(R"({"trigger.n": {"type": "equals", "pattern": {"a": [1.0]}}})",
                  R"({"n": {"a": [1]}})")
                .matches());
    QVERIFY(judge(R"({"trigger.n": {"type": "equals", "pattern": "line\n"}})", R"({"n": "line"})")
                .matches());
}

void TestCriteria::searchItemsInAllModes_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QByteArray>("items");
    QTest::addColumn<bool>("matches");
    const char *both = R"([{"name": "Status", "n": 50}, {"name": "Owner", "n": 1}])";
    const char *crossed = R"([{"name": "Status", "n": 1}, {"name": "Owner", "n": 50}])";
    const char *none = R"([{"name": "Owner", "n": 1}])";
    const auto row = [](const char *mode, const char *items, bool matches) {
        QTest::addRow("%s %s", mode, items) << QByteArray(mode) << QByteArray(items) << matches;
    };
    row("any", both, true);
    row("any", crossed, false);
    row("any", "[]", false);
    row("all", both, false);
    row("all", "[]", true);
    row("all", R"({"name": "Status", "n": 50})", true);
    row("any2any", crossed, true);
    row("any2any", none, false);
    row("all2any", crossed, true);
    row("all2any", both, false);
}

void TestCriteria::searchItemsInAllModes()
{
    QFETCH(const QByteArray, mode);
    QFETCH(const QByteArray, items);
    QFETCH(const bool, matches);
    const QByteArray criteria = R"({"trigger.items": {"type": "search", "condition": ")" + mode
        + R"(", "pattern": {"item.name": {"type": "equals", "pattern": "Status"},
                            "item.n#1": {"type": "gt", "pattern": 10}}}})";
    QCOMPARE(judge(criteria, R"({"items": )" + items + "}").matches(), matches);
}

void TestCriteria::recordEveryFailureWithinASearch()
{
    const char *criteria = R"({"trigger.items": {"type": "search", "condition": "any", "pattern":
        {"item.n": {"type": "gt", "pattern": "x"}}}})";
    const CriteriaOutcome outcome = judge(criteria, R"({"items": [{"n": 1}, {"n": 2}]})");
    QCOMPARE(outcome.kind, ConditionAnswer::Kind::Fails);
    QCOMPARE(outcome.failures.size(), std::size_t(2));

    const CriteriaOutcome unknown
        = judge(R"({"trigger.items": {"type": "search", "pattern": {}}})", R"({"items": []})");
    QCOMPARE(unknown.failures.at(0).error.kind, QStringLiteral("UnrecognizedConditionError"));
}

void TestCriteria::findDatastoreKeysByPath()
{
    QVERIFY(judge(R"({"system.some.key": {"type": "exists", "pattern": true}})", R"({"n": 1})")
                .matches());
    QVERIFY(!judge(R"({"st2kv.system.key": {"type": "exists", "pattern": true}})", R"({"n": 1})")
                 .matches());
}

void TestCriteria::answerEveryConditionWhenAsked()
{
    const Value payload = *readJson(R"({"n": 1, "host": "web"})");
    const Criteria criteria
        = Criteria::compile(*readJson(R"({"trigger.n": {"type": "gt", "pattern": 5},
        "trigger.host": {"type": "regex", "pattern": "("}, "trigger.host#2": {"type": "eq", "pattern": "web"}})"));
    const std::vector<ConditionAnswer> answers
        = criteria.evaluateAll(Facts{payload, nullptr, m_clock});
    QCOMPARE(answers.size(), std::size_t(3));
    QCOMPARE(answers[0].kind, ConditionAnswer::Kind::Fails);
    QCOMPARE(answers[1].kind, ConditionAnswer::Kind::Failed);
    QCOMPARE(answers[2].kind, ConditionAnswer::Kind::Holds);
    QCOMPARE(answers[2].actual, Value("web"));
}

void TestCriteria::renderPatternsTyped_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QString>("rendered");
    const auto row = [](const char *pattern, const char *rendered) {
        QTest::newRow(pattern) << QByteArray(pattern) << QString::fromUtf8(rendered);
    };
    row("{{ trigger.n }}", "5");
    row("{{ trigger.n + 0.5 }}", "TypeError");
    row("{{ (trigger.n + 0.5) }}", "5.5");
    row("{{ trigger.list }}", "[1,2]");
    row("{{ trigger.text }}", "\"a\"");
    // The filter binds to the 5 alone, and no JSON comes of it.
    row("{{ trigger.n == 5 }}", "\"True\"");
    row("{{ none }}", "null");
    row("n{{ trigger.n }}", "\"n5\"");
    row("{% if trigger.n > 3 %}5{% endif %}", "\"5\"");
    row("{# remark #}5", "\"5\"");
    row("plain\\r\\ntext\\n", "\"plain\\ntext\"");
    row("}} {{", "TemplateSyntaxError");
}

void TestCriteria::renderPatternsTyped()
{
    QFETCH(const QByteArray, pattern);
    QFETCH(const QString, rendered);
    // Never equal, so that the outcome tells the pattern.
    const QByteArray criteria
        = R"({"trigger.other": {"type": "equals", "pattern": ")" + pattern + R"("}})";
    const CriteriaOutcome outcome
        = judge(criteria, R"({"n": 5, "list": [1, 2], "text": "a", "other": "other"})");
    QVERIFY(!outcome.matches());
    QCOMPARE(outcome.failures.empty() ? QString::fromStdString(writeJson(outcome.expected))
                                      : outcome.failures.at(0).error.kind,
             rendered);
}

void TestCriteria::putTheFilterWhereTheReferenceDoes()
{
    QCOMPARE(withComplexFilter("a {{ x }} b").value_or(""), std::string("a {{x  | to_complex}} b"));
    QCOMPARE(withComplexFilter("{{ x }} {{ y }}").value_or(""),
             std::string("{{x }} {{ y  | to_complex}}"));
    QCOMPARE(withComplexFilter("{{\n x\n}}").value_or(""), std::string("{{x | to_complex}}"));
    QVERIFY(!withComplexFilter("{{ x\ny }}"));
    QVERIFY(!withComplexFilter("{% x %}"));
}

void TestCriteria::resolveBareDatastoreKeysToTheirText()
{
    const OneKey key;
    const Value payload = Value::map({{"n", "40"}});
    for (const char *pattern :
         {"{{ st2kv.system.limit }}", "{{ system.limit }}", "{{ st2kv.system.limit | string }}"}) {
        const Value criteria
            = Value::map({{"trigger.n", Value::map({{"type", "equals"}, {"pattern", pattern}})}});
        const CriteriaOutcome outcome
            = Criteria::compile(criteria).evaluate(Facts{payload, &key, m_clock});
        QVERIFY2(outcome.matches(), pattern);
        QVERIFY2(outcome.failures.empty(), pattern);
    }
}

void TestCriteria::keepASecretPatternSecret()
{
    const OneKey key;
    const Value payload = Value::map({{"n", "40"}});
    const Value criteria
        = Value::map({{"trigger.n",
                       Value::map({{"type", "timediff_lt"},
                                   {"pattern", "{{ st2kv.system.limit | decrypt_kv }}"}})}});
    const CriteriaOutcome outcome
        = Criteria::compile(criteria).evaluate(Facts{payload, &key, m_clock});
    QVERIFY(outcome.expected.isSecret());
    QVERIFY2(!outcome.failures.at(0).error.message.contains(QStringLiteral("hidden")),
             qPrintable(outcome.failures.at(0).error.message));
}

void TestCriteria::recordWhatTemplatesFailWith()
{
    const CriteriaOutcome outcome
        = judge(R"({"trigger.n": {"type": "equals", "pattern": "{{ trigger.missing.x }}"}})",
                R"({"n": 5})");
    QCOMPARE(outcome.kind, ConditionAnswer::Kind::Failed);
    QCOMPARE(outcome.failures.at(0).error.kind, QStringLiteral("UndefinedError"));
    QVERIFY(outcome.failures.at(0).what.startsWith(QStringLiteral(
        "Failed to render pattern value \"{{ trigger.missing.x }}\" for key \"trigger.n\"")));
}

QTEST_APPLESS_MAIN(TestCriteria)
#include "tst_criteria.moc"
