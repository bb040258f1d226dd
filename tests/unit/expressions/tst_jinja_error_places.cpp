#include "engine/expressions/expression.h"

#include <QTest>

using namespace stormglass;

namespace {

Value sample()
{
    return Value::map(
        {{"host", "a"}, {"trigger", Value::map({{"body", Value::map({{"ref", 1}})}})}});
}

Result<Value> rendered(std::string_view source)
{
    SG_LET(const Expression expression, Expression::compile(source, Language::Jinja));
    EvaluationContext context;
    context.variables = sample();
    return expression.evaluate(context);
}

// `2:4 UndefinedError: 'hosst' is undefined (did you mean 'host'?)`
QString failureOf(std::string_view source)
{
    const Result<Value> evaluated = rendered(source);
    if (evaluated)
        return QStringLiteral("rendered: ") + evaluated->toQString();
    const Error &error = evaluated.error();
    return error.place + u' ' + error.kind + QStringLiteral(": ") + error.message;
}

} // namespace

class TestJinjaErrorPlaces : public QObject
{
    Q_OBJECT

private slots:
    void saysWhereAndWhatWasMeant_data();
    void saysWhereAndWhatWasMeant();
    void saysWhereTextIsNotUtf8();
};

void TestJinjaErrorPlaces::saysWhereAndWhatWasMeant_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("failure");
    const auto row = [](const char *name, const char *source, const char *failure) {
        QTest::newRow(name) << QByteArray(source) << QString::fromUtf8(failure);
    };
    row("name", "a\n  {{ hosst }}",
        "2:6 UndefinedError: 'hosst' is undefined (did you mean 'host'?)");
    row("name that is set", "{% set region = 1 %}\n{{ regoin }}",
        "2:4 UndefinedError: 'regoin' is undefined (did you mean 'region'?)");
    row("name of a loop", "{% for server in [1] %}\n{{ serber }}{% endfor %}",
        "2:4 UndefinedError: 'serber' is undefined (did you mean 'server'?)");
    row("name in a macro", "{% macro m() %}\n{{ hosst }}{% endmacro %}\n{{ m() }}",
        "2:4 UndefinedError: 'hosst' is undefined (did you mean 'host'?)");
    row("member", "\n{{ trigger.boddy }}",
        "2:12 UndefinedError: 'dict object' has no attribute 'boddy' (did you mean 'body'?)");
    row("method", "{{ host.uper() }}",
        "1:9 UndefinedError: 'str object' has no attribute 'uper' (did you mean 'upper'?)");
    row("of a loop", "{% for a in [1] %}{{ loop.indx }}{% endfor %}",
        "1:27 UndefinedError: 'jinja2.runtime.LoopContext object' has no attribute 'indx' "
        "(did you mean 'index'?)");
    row("filter", "é\n{{ host | uper }}",
        "2:11 TemplateAssertionError: No filter named 'uper'. (did you mean 'upper'?)");
    row("test", "{{ host is definde }}",
        "1:12 TemplateAssertionError: No test named 'definde'. (did you mean 'defined'?)");
    row("tag", "x\n{% fro a in b %}",
        "2:4 TemplateSyntaxError: Encountered unknown tag 'fro'. (did you mean 'from'?)");
    row("block without an end", "x\n{% if host %}\ny\n",
        "2:4 TemplateSyntaxError: Unexpected end of template. Jinja was looking for the following "
        "tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.");
    row("comparison", "{{ 1 == 1\n < 'a' }}",
        "2:2 TypeError: '<' not supported between instances of 'int' and 'str'");
    row("keyword of a macro", "{% macro m(colour) %}{% endmacro %}\n{{ m(color=1) }}",
        "2:4 TypeError: macro 'm' takes no keyword argument 'color' (did you mean 'colour'?)");
    row("unsafe", "\n{{ host.__class__ }}",
        "2:9 SecurityError: access to attribute '__class__' of 'str' object is unsafe.");
}

void TestJinjaErrorPlaces::saysWhereAndWhatWasMeant()
{
    QFETCH(const QByteArray, source);
    QTEST(failureOf(source.toStdString()), "failure");
}

void TestJinjaErrorPlaces::saysWhereTextIsNotUtf8()
{
    QCOMPARE(failureOf("é\nab\xff"),
             QStringLiteral("2:3 TemplateSyntaxError: a template must be UTF-8 text"));
}

QTEST_GUILESS_MAIN(TestJinjaErrorPlaces)

#include "tst_jinja_error_places.moc"
