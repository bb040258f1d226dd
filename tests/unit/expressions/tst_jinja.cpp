#include "engine/expressions/expression.h"

#include <QTest>

using namespace stormglass;

namespace {

Result<Value> rendered(std::string_view source, const Value &variables)
{
    SG_LET(const Expression expression, Expression::compile(source, Language::Jinja));
    EvaluationContext context;
    context.variables = variables;
    return expression.evaluate(context);
}

QString text(std::string_view source, const Value &variables = Value::map())
{
    const Result<Value> result = rendered(source, variables);
    return result ? result->toQString()
                  : result.error().kind + QStringLiteral(": ") + result.error().message;
}

} // namespace

class TestJinja : public QObject
{
    Q_OBJECT

private slots:
    void rendersMembersOfVariables();
    void keepsTextAsItIs();
    void failsOnAnUndefinedNameAndNamesNearOnes();
    void saysWhereItFailed();
    void marksWhatASecretWentInto();
    void marksWhateverIsMadeOfASecret_data();
    void marksWhateverIsMadeOfASecret();
    void changesNoListOfTheCaller();
    void loopsAndBranches();
    void takesRemaindersAtTheEdgeOfSixtyFourBits();
};

void TestJinja::rendersMembersOfVariables()
{
    const Value variables
        = Value::map({{"trigger", Value::map({{"x", 5}, {"tags", Value::list({"a", "b"})}})}});
    QCOMPARE(text("{{ trigger.x }}", variables), QStringLiteral("5"));
    QCOMPARE(text("v={{ trigger['tags'][1] }}!", variables), QStringLiteral("v=b!"));
    QCOMPARE(text("{{ trigger.tags }}", variables), QStringLiteral("['a', 'b']"));
}

void TestJinja::keepsTextAsItIs()
{
    const Result<Expression> expression = Expression::compile("no template", Language::Jinja);
    QVERIFY(expression);
    QVERIFY(!expression->isTemplate());
    QCOMPARE(text("no template"), QStringLiteral("no template"));
}

void TestJinja::failsOnAnUndefinedNameAndNamesNearOnes()
{
    QCOMPARE(text("{{ hosst }}", Value::map({{"host", "a"}})),
             QStringLiteral("UndefinedError: 'hosst' is undefined (did you mean 'host'?)"));
}

void TestJinja::saysWhereItFailed()
{
    const Result<Value> result = rendered("one\n{{ 1 + 'a' }}", Value::map());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, QStringLiteral("TypeError"));
    QCOMPARE(result.error().place, QStringLiteral("2:6"));
}

void TestJinja::marksWhatASecretWentInto()
{
    const Value variables
        = Value::map({{"open", "a"}, {"box", Value::map({{"key", Value("k").markedSecret()}})}});
    QVERIFY(!rendered("{{ open }}", variables)->isSecret());
    QVERIFY(rendered("{{ box.key }}", variables)->isSecret());
    QVERIFY(rendered("{{ box }}", variables)->isSecret());
    QVERIFY(rendered("{{ box.values() | join }}", variables)->isSecret());
}

void TestJinja::marksWhateverIsMadeOfASecret_data()
{
    QTest::addColumn<QString>("source");
    for (const char *const source :
         {"{{ key | upper }}",
          "a {{ key }} b",
          "{{ key ~ 'x' }}",
          "{{ key + 'x' }}",
          "{{ 'x' * (key | length) }}",
          "{{ '%s' % key }}",
          "{{ '{}'.format(key) }}",
          "{{ key[0] }}",
          "{{ key[::-1] }}",
          "{{ key.split(',') | first }}",
          "{{ [key] | join }}",
          "{{ {'a': key}.a }}",
          "{{ {'a': key} | tojson }}",
          "{{ [key, 'x'] | sort | last }}",
          "{{ key | regex_replace('k', 'x') }}",
          "{{ key | regex_substring('.') }}",
          "{{ key | to_json_string }}",
          "{{ key | to_yaml_string }}",
          "{{ key | default('x') }}",
          "{{ missing | default(key) }}",
          "{{ key if open else 1 }}",
          "{{ key == 'k' }}",
          "{{ 'k' in key }}",
          "{{ key | length }}",
          "{% if key == 'k' %}yes{% endif %}",
          "{% for c in key %}{{ c }}{% endfor %}",
          "{% for c in keys %}{{ c }}{% endfor %}",
          "{% set x = key %}{{ x }}",
          "{% set x %}{{ key }}{% endset %}{{ x }}",
          "{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(key) }}",
          "{% set n = namespace(a='') %}{% for k in keys %}{% set n.a = k %}{% endfor %}{{ n.a }}",
          "{% filter upper %}{{ key }}{% endfilter %}",
          "{{ keys | map('upper') | join(',') }}",
          "{{ keys | select('equalto', 'k') | list }}",
          "{{ box | dictsort }}",
          "{{ box | jsonpath_query('key') }}",
          "{{ key.encode().hex() }}",
          "{{ keys | max }}",
          "{{ box.items() | list }}",
          "{% with x = key %}{{ x }}{% endwith %}"})
        QTest::newRow(source) << QString::fromUtf8(source);
}

void TestJinja::marksWhateverIsMadeOfASecret()
{
    QFETCH(const QString, source);
    const Value key = Value("k").markedSecret();
    const Result<Value> result = rendered(source.toStdString(),
                                          Value::map({{"key", key},
                                                      {"keys", Value::list({"a", key})},
                                                      {"box", Value::map({{"key", key}})},
                                                      {"open", true}}));
    QVERIFY(result);
    QVERIFY(result->isSecret());
}

void TestJinja::changesNoListOfTheCaller()
{
    const Value list = Value::list({1});
    QCOMPARE(text("{% set _ = l.append(2) %}{% set m = l %}{% set _ = m.append(3) %}{{ l }}",
                  Value::map({{"l", list}})),
             QStringLiteral("[1, 2, 3]"));
    QCOMPARE(list.items().size(), std::size_t{1});
}

void TestJinja::loopsAndBranches()
{
    QCOMPARE(text("{% for x in [1, 2, 3] if x != 2 %}{{ loop.index }}{{ x }}{% if not loop.last "
                  "%},{% endif %}{% endfor %}"),
             QStringLiteral("11,23"));
}

void TestJinja::takesRemaindersAtTheEdgeOfSixtyFourBits()
{
    QCOMPARE(text("{{ (-9223372036854775807 - 1) % 7 }}"), QStringLiteral("6"));
    QCOMPARE(text("{{ 9223372036854775807 % -10 }}"), QStringLiteral("-3"));
    QCOMPARE(text("{{ -7 % 7 }}"), QStringLiteral("0"));
}

QTEST_GUILESS_MAIN(TestJinja)
#include "tst_jinja.moc"
