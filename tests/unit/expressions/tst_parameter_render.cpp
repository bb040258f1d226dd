#include "engine/expressions/parameter_cast.h"
#include "engine/expressions/parameter_render.h"
#include "engine/expressions/template_render.h"

#include <QTest>

using namespace stormglass;

namespace {

// One stored value, secret or not.
class OneKey final : public Resolver
{
public:
    explicit OneKey(Value value)
        : m_value(std::move(value))
    {
    }
    Result<std::optional<Value>> keyValue(std::string_view, std::string_view name) const override
    {
        return name == "host" || name == "joe:host" ? std::optional(m_value) : std::nullopt;
    }
    Result<Value> decrypt(std::string_view) const override { return Value("plain"); }

private:
    const Value m_value;
};

Value typed(const char *type)
{
    return Value::map({{"type", type}});
}

} // namespace

class TestParameterRender : public QObject
{
    Q_OBJECT

private slots:
    void rendersInTheOrderOfDependencies();
    void refusesACircleAndNamesIt();
    void refusesANameThatNobodyDeclares();
    void keepsTheTypeOfQuotedNamesInContainers();
    void rendersNothingTwice();
    void keepsASecretSecret();
    void looksKeysUpForTheUserOfTheContext();
    void castsByType_data();
    void castsByType();
    void keepsWhatRenderingDidNotChange();
};

void TestParameterRender::rendersInTheOrderOfDependencies()
{
    const ParameterSchemas schemas{
        Value::map({{"a", typed("string")}, {"b", typed("integer")}, {"c", typed("integer")}}),
        Value::map()};
    const auto live = renderLiveParameters(
        schemas, Value::map({{"a", "{{ b }}-{{ c }}"}, {"b", "{{ c + 1 }}"}, {"c", 1}}), {});
    QVERIFY(live);
    QCOMPARE(*live, Value::map({{"a", "2-1"}, {"b", 2}, {"c", 1}}));
}

void TestParameterRender::refusesACircleAndNamesIt()
{
    const auto live = renderLiveParameters(
        {}, Value::map({{"a", "{{ b }}"}, {"b", "{{ a }}"}, {"c", "{{ a }}"}}), {});
    QVERIFY(!live);
    QCOMPARE(live.error().kind, QStringLiteral("ParamException"));
    QCOMPARE(live.error().message,
             QStringLiteral("Cyclic dependency found in the following variables: a, b. Likely the "
                            "variable is referencing itself"));
}

void TestParameterRender::refusesANameThatNobodyDeclares()
{
    const auto live
        = renderLiveParameters({}, Value::map({{"a", "{{ nope | default('x') }}"}}), {});
    QVERIFY(!live);
    QCOMPARE(live.error().message, QStringLiteral("Dependency unsatisfied in variable \"nope\""));
}

void TestParameterRender::keepsTheTypeOfQuotedNamesInContainers()
{
    const ParameterSchemas schemas{Value::map({{"p", typed("object")}, {"q", Value::map()}}),
                                   Value::map()};
    const auto live = renderLiveParameters(
        schemas,
        Value::map({{"p", Value::map({{"typed", "{{q}}"}, {"text", "{{ q }}"}})},
                    {"q", Value::list({1, 2})}}),
        {});
    QVERIFY(live);
    QCOMPARE((*live)["p"]["typed"], Value::list({1, 2}));
    QCOMPARE((*live)["p"]["text"], Value("[1, 2]"));
}

void TestParameterRender::rendersNothingTwice()
{
    const ParameterSchemas schemas{Value::map({{"a", typed("string")}}),
                                   Value::map({{"r", Value::map({{"default", "{{ a }}"}})}})};
    const auto all = renderFinalParameters(schemas, Value::map({{"a", "{{ 1 + 1 }}"}}), {});
    QVERIFY(all);
    QCOMPARE(all->action, Value::map({{"a", "{{ 1 + 1 }}"}}));
    QCOMPARE(all->runner, Value::map({{"r", "{{ 1 + 1 }}"}}));
}

void TestParameterRender::keepsASecretSecret()
{
    const OneKey keys(Value("s3cret").markedSecret());
    ParameterContext context;
    context.resolver = &keys;
    const auto live = renderLiveParameters(
        {}, Value::map({{"a", "{{ st2kv.system.host }}"}, {"b", "{{ a }}!"}, {"c", "{{ 1 }}"}}),
        context);
    QVERIFY(live);
    QVERIFY((*live)["a"].isSecret());
    QVERIFY((*live)["b"].isSecret());
    QVERIFY(!(*live)["c"].isSecret());
}

void TestParameterRender::looksKeysUpForTheUserOfTheContext()
{
    const OneKey keys(Value("mine"));
    ParameterContext context;
    context.resolver = &keys;
    context.actionContext = Value::map({{"user", "joe"}});
    const Value given = Value::map({{"a", "{{ st2kv.user.host }}"}});
    QCOMPARE((*renderLiveParameters({}, given, context))["a"], Value("mine"));
    context.actionContext = Value::map({{"user", "joe"}, {"api_user", "eve"}});
    QCOMPARE((*renderLiveParameters({}, given, context))["a"], Value(""));
}

void TestParameterRender::castsByType_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("kind");
    QTest::newRow("integer") << QStringLiteral("x") << QStringLiteral("integer")
                             << QStringLiteral("ValueError");
    QTest::newRow("number") << QStringLiteral("x") << QStringLiteral("number")
                            << QStringLiteral("ValueError");
    QTest::newRow("a name") << QStringLiteral("yes") << QStringLiteral("boolean")
                            << QStringLiteral("ValueError");
    QTest::newRow("two names") << QStringLiteral("a b") << QStringLiteral("array")
                               << QStringLiteral("SyntaxError");
    QTest::newRow("a call") << QStringLiteral("f(1)") << QStringLiteral("object")
                            << QStringLiteral("ValueError");
    QTest::newRow("a list as key")
        << QStringLiteral("{[]: 1}") << QStringLiteral("object") << QStringLiteral("TypeError");
}

void TestParameterRender::castsByType()
{
    QFETCH(const QString, text);
    QFETCH(const QString, type);
    QFETCH(const QString, kind);
    const auto cast = castParameter(Value(text), type.toStdString());
    QVERIFY(!cast);
    QCOMPARE(cast.error().kind, kind);
}

void TestParameterRender::keepsWhatRenderingDidNotChange()
{
    EvaluationContext context;
    context.variables = Value::map({{"x", 5}});
    const auto values = renderValues(
        Value::map({{"n", 1.0}, {"l", Value::list({"{{ x }}"})}, {"s", "{{ x }}"}}), context);
    QVERIFY(values);
    QCOMPARE(*values, Value::map({{"n", 1.0}, {"l", Value::list({"5"})}, {"s", "5"}}));
    QCOMPARE(*renderValues(Value::map({{"s", "{{ x }}"}}), {}), Value::map({{"s", "{{ x }}"}}));
}

QTEST_GUILESS_MAIN(TestParameterRender)
#include "tst_parameter_render.moc"
