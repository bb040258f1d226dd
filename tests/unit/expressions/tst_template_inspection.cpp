#include "engine/expressions/jinja_environment.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/template_inspection.h"

#include <QTest>

using namespace stormglass;

namespace {

Value sample()
{
    return Value::map(
        {{"trigger",
          Value::map({{"host", "a"}, {"count", 3}, {"body", Value::map({{"ref", "x"}})}})},
         {"test", true}});
}

QStringList texts(const std::vector<TemplateCompletion> &completions)
{
    QStringList all;
    for (const TemplateCompletion &completion : completions)
        all << QString::fromStdString(completion.text);
    return all;
}

QStringList completed(std::string_view source)
{
    return texts(templateCompletions(source, source.size(), sample()));
}

} // namespace

class TestTemplateInspection : public QObject
{
    Q_OBJECT

private slots:
    void namesTheVariablesThatAreRead();
    void leavesOutWhatTheTemplateSetsItself();
    void tellsKindsOfTokensApart();
    void readsTokensUpToAnError();
    void completesNamesMembersFiltersAndTests();
    void completesNothingOutsideOfTags();
    void completesNamesThatTheTemplateBinds();
    void tellsTheTypeOfATemplate_data();
    void tellsTheTypeOfATemplate();
    void refusesToTypeWhatCannotBeParsed();
};

void TestTemplateInspection::namesTheVariablesThatAreRead()
{
    const auto uses
        = variablesRead("{{ trigger.body.ref }}\n{{ other | default(trigger['host']) }}", sample());
    QVERIFY(uses);
    QCOMPARE(uses->size(), std::size_t{3});
    QCOMPARE((*uses)[0], (VariableUse{"trigger.body.ref", {1, 4}, "str"}));
    QCOMPARE((*uses)[1], (VariableUse{"other", {2, 4}, ""}));
    QCOMPARE((*uses)[2], (VariableUse{"trigger.host", {2, 20}, "str"}));
}

void TestTemplateInspection::leavesOutWhatTheTemplateSetsItself()
{
    const auto uses = variablesRead(
        "{% set a = b %}{% for c in range(3) %}{{ a }}{{ c }}{{ loop.index }}{% endfor %}");
    QVERIFY(uses);
    QCOMPARE(uses->size(), std::size_t{1});
    QCOMPARE(uses->front().path, std::string("b"));
}

void TestTemplateInspection::tellsKindsOfTokensApart()
{
    const TemplateTokens read = templateTokens("é{{ a.b | upper is defined }}{# c #}");
    QVERIFY(!read.error);
    using Kind = TemplateTokenKind;
    const std::vector<Kind> expected{Kind::Text, Kind::Delimiter, Kind::Name,   Kind::Operator,
                                     Kind::Name, Kind::Operator,  Kind::Filter, Kind::Keyword,
                                     Kind::Test, Kind::Delimiter, Kind::Comment};
    QCOMPARE(read.tokens.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(read.tokens[i].kind, expected[i]);
    QCOMPARE(read.tokens[2].position, (Position{1, 5}));
    QCOMPARE(read.tokens[6].length, std::int64_t{5});
}

void TestTemplateInspection::readsTokensUpToAnError()
{
    const TemplateTokens read = templateTokens("{{ a ? b }}");
    QVERIFY(read.error);
    QCOMPARE(read.error->place, QStringLiteral("1:6"));
    QCOMPARE(read.tokens.size(), std::size_t{2});
}

void TestTemplateInspection::completesNamesMembersFiltersAndTests()
{
    QCOMPARE(completed("{{ trig"), QStringList{QStringLiteral("trigger")});
    QCOMPARE(completed("{{ trigger.h"), QStringList{QStringLiteral("host")});
    QCOMPARE(completed("{{ trigger.body.re"), QStringList{QStringLiteral("ref")});
    QCOMPARE(completed("{{ trigger.host.zf"), QStringList{QStringLiteral("zfill")});
    QCOMPARE(completed("{{ a | regex_m"), QStringList{QStringLiteral("regex_match")});
    QCOMPARE(completed("{{ a is defi"), QStringList{QStringLiteral("defined")});
    QCOMPARE(completed("x {% endi"), QStringList{QStringLiteral("endif")});
    QVERIFY(completed("{{ ").contains(QStringLiteral("trigger")));
}

void TestTemplateInspection::completesNothingOutsideOfTags()
{
    QVERIFY(completed("trig").isEmpty());
    QVERIFY(completed("{{ a }} trig").isEmpty());
    QVERIFY(completed("").isEmpty());
}

void TestTemplateInspection::completesNamesThatTheTemplateBinds()
{
    const QStringList region{QStringLiteral("region")};
    QCOMPARE(completed("{% set region = 1 %}{{ reg"), region);
    QCOMPARE(completed("{% set a, region = 1, 2 %}{% if reg"), region);
    QCOMPARE(completed("{% set region %}x{% endset %}{{ 1 + reg"), region);
    QCOMPARE(completed("{% for region in [1] %}{{ reg"), region);
    QCOMPARE(completed("{% for k, (region, v) in x %}{{ reg"), region);
    QCOMPARE(completed("{% for region in [1] %}{% endfor %}{{ reg"), QStringList());
    QCOMPARE(completed("{% for a in b %}{{ loo"), QStringList{QStringLiteral("loop")});
    QCOMPARE(completed("{% macro region(a) %}{% endmacro %}{{ reg"), region);
    QCOMPARE(completed("{% macro m(a=f(1, b), region=2) %}{{ reg"), region);
    QCOMPARE(completed("{% macro m(a, region) %}{% endmacro %}{{ reg"), QStringList());
    QCOMPARE(completed("{% with a = [1, 2], region = 2 %}{{ reg"), region);
    QCOMPARE(completed("{% call(region) m() %}{{ reg"), region);
    QCOMPARE(completed("{% set ns.region = 1 %}{{ reg"), QStringList());
    QCOMPARE(texts(templateCompletions("{{ reg }}{% set region = 1 %}", 6, sample())),
             QStringList());
    // Once, and with the type that the sample tells.
    QCOMPARE(completed("{% set trigger = 1 %}{{ trig"), QStringList{QStringLiteral("trigger")});
}

void TestTemplateInspection::tellsTheTypeOfATemplate_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *expression, const char *type) {
        QTest::newRow(expression) << QString::fromLatin1(expression) << QString::fromLatin1(type);
    };
    for (const char *const text : {"'a'",
                                   "trigger.host",
                                   "trigger['host']",
                                   "trigger.host[0]",
                                   "trigger.host[1:]",
                                   "trigger.host ~ 1",
                                   "1 ~ 2",
                                   "trigger.host + 'b'",
                                   "'a' * 3",
                                   "'%d' % 3",
                                   "trigger.host | upper",
                                   "trigger | tojson",
                                   "[1, 2] | join(',')",
                                   "trigger.host.upper()",
                                   "'a' if test else 'b'",
                                   "trigger.host or 'none'",
                                   "trigger.host | default('x')",
                                   "'a' | reverse",
                                   "3 | string",
                                   "trigger | to_json_string",
                                   "trigger | to_yaml_string",
                                   "'a/b' | basename",
                                   "lipsum(1)",
                                   "trigger | to_complex",
                                   "'1.2.3' | version_bump_minor",
                                   "61 | to_human_time_from_seconds",
                                   "'a' | regex_replace('a', 'b')",
                                   "'a' | safe"})
        row(text, "str");
    for (const char *const number :
         {"3", "-3", "trigger.count", "trigger.count + 1", "trigger.count // 2", "7 % 2",
          "trigger.host | int", "trigger.host | length", "[1, 2] | count", "'a b' | wordcount",
          "-3 | abs", "trigger.host.find('a')", "'1.0.0' | version_compare('1.0.0')", "true + 1"})
        row(number, "int");
    for (const char *const real :
         {"1.5", "trigger.count / 2", "1 + 0.5", "'2' | float", "2.0 ** 2"})
        row(real, "float");
    for (const char *const truth :
         {"true", "trigger.count > 2", "1 < 2 < 3", "not trigger", "trigger.count is odd",
          "'a' in 'abc'", "test and false", "trigger.host.startswith('a')",
          "'1.0.0' | version_equal('1.0.0')", "'a' | regex_match('a')", "'a' | regex_search('a')"})
        row(truth, "bool");
    for (const char *const list : {"[1]", "[1] + [2]", "[2, 1] | sort", "'ab' | list",
                                   "'a b'.split()", "[1] * 2", "{'a': 1} | dictsort", "[1, 2][1:]"})
        row(list, "list");
    for (const char *const map : {"{'a': 1}", "trigger", "trigger.body", "dict(a=1)"})
        row(map, "dict");
    row("none", "NoneType");
    row("(1, 2)", "tuple");
    for (const char *const unknown :
         {"unheard", "unheard.of", "unheard + 1", "2 ** trigger.count", "[1, 'a'] | first",
          "1 if test else 'a'", "1 if test", "trigger.count | default('x')", "trigger.get('host')",
          "'{}' | from_json_string"})
        row(unknown, "");
}

// What is told holds: the expression, evaluated, has that type.
void TestTemplateInspection::tellsTheTypeOfATemplate()
{
    QFETCH(const QString, expression);
    QFETCH(const QString, type);
    const std::string inner = expression.toStdString();
    const Result<std::string> told = templateType("{{ " + inner + " }}", sample());
    QVERIFY(told);
    QCOMPARE(QString::fromStdString(*told), type);
    QCOMPARE(*templateType("a {{ " + inner + " }}", sample()), std::string("str"));
    if (type.isEmpty())
        return;
    const auto program = JinjaProgram::compileExpression(inner, stackStormEnvironment());
    QVERIFY(program);
    EvaluationContext context;
    context.variables = sample();
    const auto value = (*program)->evaluateTyped(context, ExpressionForm::Typed);
    QVERIFY2(value, value ? "" : qPrintable(value.error().message));
    QCOMPARE(QString::fromStdString(typeNameOf(value->value)), type);
}

void TestTemplateInspection::refusesToTypeWhatCannotBeParsed()
{
    QCOMPARE(templateType("a\n{{ 1 + }}").error().place, QStringLiteral("2:8"));
    QCOMPARE(*templateType("plain"), std::string("str"));
    QCOMPARE(*templateType(""), std::string("str"));
    QCOMPARE(*templateType("{% if a %}{{ 1 }}{% endif %}"), std::string("str"));
}

QTEST_GUILESS_MAIN(TestTemplateInspection)
#include "tst_template_inspection.moc"
