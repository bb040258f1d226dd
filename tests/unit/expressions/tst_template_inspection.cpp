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

QTEST_GUILESS_MAIN(TestTemplateInspection)
#include "tst_template_inspection.moc"
