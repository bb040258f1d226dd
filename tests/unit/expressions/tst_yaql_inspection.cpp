#include "engine/expressions/python_operators.h"
#include "engine/expressions/workflow_expression.h"
#include "engine/expressions/yaql_inspection.h"

#include <QTest>

using namespace stormglass;

namespace {

Value sample()
{
    return Value::map({{"host", "a"},
                       {"hops", Value::list({1, 2})},
                       {"body", Value::map({{"ref", "x"}, {"count", 3}})},
                       {"__state", Value::map()}});
}

QStringList completed(std::string_view source, YaqlForm form = YaqlForm::InText)
{
    QStringList all;
    for (const TemplateCompletion &completion :
         yaqlCompletions(source, source.size(), form, sample()))
        all << QString::fromStdString(completion.text);
    return all;
}

} // namespace

class TestYaqlInspection : public QObject
{
    Q_OBJECT

private slots:
    void tellsKindsOfTokensApart();
    void placesTokensInATextOfManyLines();
    void readsTokensUpToAnError();
    void takesWhatIsNotClosedForText();
    void namesTheVariablesThatAreRead();
    void placesWhatCannotBeParsed();
    void completesVariablesAndMembers();
    void completesMethodsOfTheValueInFront();
    void completesFunctions();
    void completesNothingElsewhere();
    void aKeyThatIsHalfWrittenIsCompletedWhereTheCursorIs();
    void completesNamesThatTheExpressionBinds();
    void tellsTheTypeOfAnExpression_data();
    void tellsTheTypeOfAnExpression();
    void tellsTheTypeOfAText();
};

void TestYaqlInspection::tellsKindsOfTokensApart()
{
    using Kind = TemplateTokenKind;
    const TemplateTokens read
        = yaqlTokens("ctx(a).b and dict(k => 'é') != $.where(1)", YaqlForm::Bare);
    QVERIFY(!read.error);
    const std::vector<Kind> expected{
        Kind::Name,     Kind::Operator, Kind::Literal,  Kind::Operator, Kind::Operator,
        Kind::Name,     Kind::Keyword,  Kind::Name,     Kind::Operator, Kind::Name,
        Kind::Operator, Kind::Literal,  Kind::Operator, Kind::Operator, Kind::Name,
        Kind::Operator, Kind::Name,     Kind::Operator, Kind::Literal,  Kind::Operator};
    QCOMPARE(read.tokens.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(read.tokens[i].kind, expected[i]);
    QCOMPARE(read.tokens[1].position, (Position{1, 4}));
    QCOMPARE(read.tokens[11].length, std::int64_t{3});
    QCOMPARE(read.tokens[12].position, (Position{1, 27}));
}

void TestYaqlInspection::placesTokensInATextOfManyLines()
{
    const TemplateTokens read = yaqlTokens("é\né <% a %> b <%1%>", YaqlForm::InText);
    QVERIFY(!read.error);
    const std::vector<Position> expected{{1, 1},  {2, 3},  {2, 6},  {2, 8},
                                         {2, 10}, {2, 13}, {2, 15}, {2, 16}};
    QCOMPARE(read.tokens.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(read.tokens[i].position, expected[i]);
    QCOMPARE(read.tokens[0].length, std::int64_t{4});
    QCOMPARE(read.tokens[1].kind, TemplateTokenKind::Delimiter);
    QCOMPARE(yaqlTokens("a\n  + b", YaqlForm::Bare).tokens[1].position, (Position{2, 3}));
}

void TestYaqlInspection::readsTokensUpToAnError()
{
    const TemplateTokens read = yaqlTokens("x\n<% a ; b %> <% c %>", YaqlForm::InText);
    QVERIFY(read.error);
    QCOMPARE(read.error->place, QStringLiteral("2:6"));
    // Text, the first expression up to the error, and all of the second.
    QCOMPARE(read.tokens.size(), std::size_t{8});
}

void TestYaqlInspection::takesWhatIsNotClosedForText()
{
    const TemplateTokens read = yaqlTokens("a <% b\n%>", YaqlForm::InText);
    QCOMPARE(read.tokens.size(), std::size_t{1});
    QCOMPARE(read.tokens[0].kind, TemplateTokenKind::Text);
    QVERIFY(yaqlTokens("", YaqlForm::InText).tokens.empty());
    QVERIFY(!yaqlTokens("<%%>", YaqlForm::InText).error);
}

void TestYaqlInspection::namesTheVariablesThatAreRead()
{
    const auto uses = yaqlVariablesRead("<% ctx().body.ref %>\n<% ctx(host) + ctx('nope').a.len() "
                                        "+ ctx().body.get(count) + $.ctx(x) + ctx() %>",
                                        YaqlForm::InText, sample());
    QVERIFY(uses);
    QCOMPARE(uses->size(), std::size_t{4});
    QCOMPARE((*uses)[0], (VariableUse{"body.ref", {1, 4}, "str"}));
    QCOMPARE((*uses)[1], (VariableUse{"host", {2, 4}, "str"}));
    QCOMPARE((*uses)[2], (VariableUse{"nope.a", {2, 16}, ""}));
    QCOMPARE((*uses)[3], (VariableUse{"body", {2, 38}, "dict"}));
}

void TestYaqlInspection::placesWhatCannotBeParsed()
{
    const auto uses = yaqlVariablesRead("ab\nc <% 1 + %>", YaqlForm::InText);
    QVERIFY(!uses);
    QCOMPARE(uses.error().kind, QStringLiteral("YaqlGrammarException"));
    QVERIFY2(uses.error().place.startsWith(QStringLiteral("2:")), qPrintable(uses.error().place));
}

void TestYaqlInspection::completesVariablesAndMembers()
{
    const QStringList hosts{QStringLiteral("hops"), QStringLiteral("host")};
    QCOMPARE(completed("a <% ctx().ho"), hosts);
    QCOMPARE(completed("a <% ctx(ho"), hosts);
    QCOMPARE(completed("1 + ctx(body).re", YaqlForm::Bare).contains(QStringLiteral("ref")), true);
    QVERIFY(completed("<% ctx().body?.").contains(QStringLiteral("count")));
    QVERIFY(!completed("<% ctx().").contains(QStringLiteral("__state")));
}

void TestYaqlInspection::completesMethodsOfTheValueInFront()
{
    const QStringList upper{QStringLiteral("toUpper")};
    QCOMPARE(completed("<% ctx().host.toU"), upper);
    QCOMPARE(completed("<% ctx().body.toU"), QStringList());
    QCOMPARE(completed("<% $.toU"), upper);
    QVERIFY(completed("<% ctx().hops.").contains(QStringLiteral("where")));
    QVERIFY(!completed("<% ctx().host.").contains(QStringLiteral("where")));
    QVERIFY(completed("<% foo(1).").contains(QStringLiteral("where")));
}

void TestYaqlInspection::completesFunctions()
{
    QCOMPARE(completed("<% task_st"), QStringList{QStringLiteral("task_status")});
    QVERIFY(completed("").isEmpty());
    QVERIFY(completed("", YaqlForm::Bare).contains(QStringLiteral("ctx")));
    QVERIFY(completed("1 + coal", YaqlForm::Bare).contains(QStringLiteral("coalesce")));
    QVERIFY(!completed("", YaqlForm::Bare).contains(QStringLiteral("toUpper")));
}

void TestYaqlInspection::completesNothingElsewhere()
{
    QVERIFY(completed("ctx().").isEmpty());
    QVERIFY(completed("<% a %> ctx().").isEmpty());
    QVERIFY(completed("<% a\nctx().").isEmpty());
    QVERIFY(completed("<% 'ct").isEmpty());
    QVERIFY(completed("<% ctx() ct").isEmpty());
    QVERIFY(completed("<% 1 ").isEmpty());
}

void TestYaqlInspection::aKeyThatIsHalfWrittenIsCompletedWhereTheCursorIs()
{
    const std::string_view source = "<% ctx().ho + 1 %> and <% ctx().body %>";
    const auto found = yaqlCompletions(source, 11, YaqlForm::InText, sample());
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0], (TemplateCompletion{TemplateCompletion::Kind::Variable, "hops", "list"}));
}

void TestYaqlInspection::completesNamesThatTheExpressionBinds()
{
    const QStringList region{QStringLiteral("$region")};
    QCOMPARE(completed("<% let(region => f(1)) -> $re"), region);
    QCOMPARE(completed("<% let(a => [1, 2], region => 2) -> $a + $re"), region);
    QCOMPARE(completed("<% [1, 2].unpack(a, region) -> $re"), region);
    QVERIFY(completed("<% let(region => 1) -> ").contains(region.front()));
    QCOMPARE(completed("<% let(region => $re"), QStringList());
    QCOMPARE(completed("<% let(region => 1) + $re"), QStringList());
    QCOMPARE(completed("<% def(regional, $ * 2) -> region"),
             QStringList{QStringLiteral("regional")});
}

void TestYaqlInspection::tellsTheTypeOfAnExpression_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *expression, const char *type) {
        QTest::newRow(expression) << QString::fromLatin1(expression) << QString::fromLatin1(type);
    };
    for (const char *const text : {"'a'",
                                   "word",
                                   "ctx().host",
                                   "ctx(host)",
                                   "ctx('host')",
                                   "ctx().body.ref",
                                   "ctx().body['ref']",
                                   "ctx().host + 'b'",
                                   "'a' * 2",
                                   "ctx().host.toUpper()",
                                   "str(1)",
                                   "[a, b].join(',')",
                                   "(ctx().host)",
                                   "let(a => 1) -> 'b'",
                                   "'a b'.trim()",
                                   "hex(3)",
                                   "ctx().host or 'none'",
                                   "'abc'.substring(1)",
                                   "to_json_string(ctx().body)",
                                   "regex_replace(ab, a, b)"})
        row(text, "str");
    for (const char *const number :
         {"3", "-3", "ctx().body.count + 1", "7 / 2", "7 mod 2", "int('3')", "len(ctx().hops)",
          "ctx().hops.len()", "ctx().hops[0]", "ctx().hops.count()", "bitwiseAnd(3, 1)",
          "'ab'.indexOf(b)"})
        row(number, "int");
    for (const char *const real : {"1.5", "1 + 0.5", "float('2')"})
        row(real, "float");
    for (const char *const truth :
         {"true", "1 < 2", "ctx().host = a", "ctx().host != a", "not ctx().host", "1 in [1]",
          "'a' =~ 'a'", "ctx().hops.any()", "isString(a)", "ctx().host.startsWith(a)",
          "ctx().body.containsKey(ref)", "true and false"})
        row(truth, "bool");
    for (const char *const list :
         {"[1]", "[1] + [2]", "ctx().hops", "ctx().hops.select($ + 1)", "ctx().hops.where($ > 1)",
          "'a,b'.split(',')", "range(3)", "ctx().hops.orderBy($)", "ctx().hops.take(1)",
          "[1].toList()", "[[1]].flatten()", "ctx().hops.groupBy($)", "ctx().hops.distinct()",
          "'ab'.toCharArray()", "[{ref => 1}].ref"})
        row(list, "list");
    for (const char *const map :
         {"{a => 1}", "ctx()", "ctx().body", "dict(a => 1)", "{a => 1} + {b => 2}",
          "ctx().hops.toDict($)", "ctx().body.mergeWith({a => 1})"})
        row(map, "dict");
    row("set(1, 2).toList()", "list");
    row("[1, 1].toSet()", "set");
    row("ctx().body.keys()", "set");
    row("ctx().body.keys().toList()", "list");
    row("null", "NoneType");
    for (const char *const unknown : {"ctx(nope)", "ctx().nope.a", "$", "ctx().hops.first()",
                                      "ctx().body.get(ref)", "1 or 'a'", "ctx().nope + 1"})
        row(unknown, "");
}

// What is told holds: the expression, evaluated, has that type.
void TestYaqlInspection::tellsTheTypeOfAnExpression()
{
    QFETCH(const QString, expression);
    QFETCH(const QString, type);
    const std::string inner = expression.toStdString();
    const Result<std::string> told = yaqlType(inner, YaqlForm::Bare, sample());
    QVERIFY(told);
    QCOMPARE(QString::fromStdString(*told), type);
    QCOMPARE(*yaqlType("<% " + inner + " %>", YaqlForm::InText, sample()), *told);
    if (type.isEmpty())
        return;
    WorkflowContext context;
    context.data = sample();
    const auto value = WorkflowExpression::compile(Value("<% " + inner + " %>")).evaluate(context);
    QVERIFY2(value, value ? "" : qPrintable(value.error().message));
    QCOMPARE(QString::fromStdString(typeNameOf(*value)), type);
}

void TestYaqlInspection::tellsTheTypeOfAText()
{
    QCOMPARE(*yaqlType("<% 1 %><% 2 %>", YaqlForm::InText), std::string("str"));
    QCOMPARE(*yaqlType(" <% 1 %>", YaqlForm::InText), std::string("str"));
    QCOMPARE(*yaqlType("<% 1 + 1 %>", YaqlForm::InText), std::string("int"));
    QCOMPARE(*yaqlType("plain", YaqlForm::InText), std::string("str"));
    QCOMPARE(yaqlType("a\n<% 1 + %>", YaqlForm::InText).error().place, QStringLiteral("2:7"));
}

QTEST_GUILESS_MAIN(TestYaqlInspection)
#include "tst_yaql_inspection.moc"
