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

QTEST_GUILESS_MAIN(TestYaqlInspection)
#include "tst_yaql_inspection.moc"
