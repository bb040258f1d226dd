#include "engine/expressions/workflow_expression.h"
#include "engine/expressions/workflow_inspection.h"

#include <QTest>

using namespace stormglass;

namespace {

Result<Value> evaluated(const Value &value, const Value &data)
{
    WorkflowContext context;
    context.data = data;
    return WorkflowExpression::compile(value).evaluate(context);
}

} // namespace

class TestWorkflowExpression : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheTypeOfALoneExpression();
    void putsResultsIntoTextAsPythonPrintsThem();
    void evaluatesKeysAndItems();
    void knowsAValueWithoutExpressions();
    void keepsASecretSecret();
    void findsExpressionsThatCannotBeParsed();
    void findsWhatIsReadFromTheContext();
};

void TestWorkflowExpression::keepsTheTypeOfALoneExpression()
{
    const Value data = Value::map({{"l", Value::list({1, 2})}});
    QCOMPARE(*evaluated(Value("{{ ctx().l }}"), data), Value::list({1, 2}));
    QCOMPARE(*evaluated(Value("<% ctx().l %>"), data), Value::list({1, 2}));
    QCOMPARE(*evaluated(Value(" {{ ctx().l }}"), data), Value(" [1, 2]"));
}

void TestWorkflowExpression::putsResultsIntoTextAsPythonPrintsThem()
{
    const Value data = Value::map({{"n", Value()}, {"t", true}});
    QCOMPARE(*evaluated(Value("{{ ctx().n }}/{{ ctx().t }}"), data), Value("None/True"));
}

void TestWorkflowExpression::evaluatesKeysAndItems()
{
    const Value value = Value::map({{"{{ ctx().k }}", Value::list({"<% ctx().v %>", 3})}});
    QCOMPARE(*evaluated(value, Value::map({{"k", "key"}, {"v", 5}})),
             Value::map({{"key", Value::list({5, 3})}}));
}

void TestWorkflowExpression::knowsAValueWithoutExpressions()
{
    QVERIFY(!WorkflowExpression::compile(Value::list({"a", 1})).isTemplate());
    QVERIFY(!WorkflowExpression::compile(Value("<% a\nb %>")).isTemplate());
    QVERIFY(WorkflowExpression::compile(Value::list({"{{ 1 }}"})).isTemplate());
}

void TestWorkflowExpression::keepsASecretSecret()
{
    const Value data = Value::map({{"p", Value("x").markedSecret()}, {"o", "open"}});
    QVERIFY(evaluated(Value("{{ ctx().p }}"), data)->isSecret());
    QVERIFY(evaluated(Value("a {{ ctx().p }} b"), data)->isSecret());
    QVERIFY(!evaluated(Value("a {{ ctx('o') }} b"), data)->isSecret());
}

void TestWorkflowExpression::findsExpressionsThatCannotBeParsed()
{
    QVERIFY(expressionProblems(Value("{{ ctx().a | nope }} <b>")).empty());
    const auto jinja = expressionProblems(Value::list({"a {{ 1 + }}", "{{ 1 2 }}"}));
    QCOMPARE(jinja.size(), std::size_t{3});
    QCOMPARE(jinja[0].expression, std::string("a {{ 1 + }}"));
    QCOMPARE(jinja[1].expression, std::string("{{ 1 + }}"));
    QCOMPARE(jinja[2].expression, std::string("{{ 1 2 }}"));
    const auto yaql = expressionProblems(Value("<% bad( %>"));
    QCOMPARE(yaql.size(), std::size_t{1});
    QCOMPARE(yaql[0].message, std::string("Parse error: unexpected end of statement"));
    QCOMPARE(expressionProblems(Value("<% 1 %>{{ 1 }}"))[0].message,
             std::string("Expression with multiple types is not supported."));
}

void TestWorkflowExpression::findsWhatIsReadFromTheContext()
{
    const Value value
        = Value::map({{"x", "<% ctx().b + ctx(a) %>"}, {"y", "{{ ctx('c').d }} ctx().no"}});
    const auto references = contextReferences(value);
    QCOMPARE(references.size(), std::size_t{3});
    QCOMPARE(references[0],
             (ContextReference{WorkflowLanguage::Yaql, "<% ctx().b + ctx(a) %>", "a"}));
    QCOMPARE(references[1].name, std::string("b"));
    QCOMPARE(references[2].name, std::string("c"));
}

QTEST_GUILESS_MAIN(TestWorkflowExpression)
#include "tst_workflow_expression.moc"
