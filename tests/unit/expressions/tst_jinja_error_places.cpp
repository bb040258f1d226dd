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
    context.limits.steps = 100'000;
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
    const auto row = [](const char *name, const QByteArray &source, const char *failure) {
        QTest::newRow(name) << source << QString::fromUtf8(failure);
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
        "2:4 TemplateSyntaxError: Encountered unknown tag 'fro'. (did you mean 'for'?)");
    row("block without an end", "x\n{% if host %}\ny\n",
        "2:4 TemplateSyntaxError: Unexpected end of template. Jinja was looking for the following "
        "tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.");
    row("comparison", "{{ 1 == 1\n < 'a' }}",
        "2:2 TypeError: '<' not supported between instances of 'int' and 'str'");
    row("keyword of a macro", "{% macro m(colour) %}{% endmacro %}\n{{ m(color=1) }}",
        "2:4 TypeError: macro 'm' takes no keyword argument 'color' (did you mean 'colour'?)");
    row("unsafe", "\n{{ host.__class__ }}",
        "2:9 SecurityError: access to attribute '__class__' of 'str' object is unsafe.");
    row("a call of a name that is missing", "{{ hosst() }}",
        "1:4 UndefinedError: 'hosst' is undefined (did you mean 'host'?)");
    row("a function of ours", "{{ lipsumm() }}",
        "1:4 UndefinedError: 'lipsumm' is undefined (did you mean 'lipsum'?)");
    row("a global misspelt", "{{ rnage(3) }}",
        "1:4 UndefinedError: 'rnage' is undefined (did you mean 'range'?)");
    row("key in brackets", "{{ trigger['boddy'] }}",
        "1:12 UndefinedError: 'dict object' has no attribute 'boddy' (did you mean 'body'?)");
    row("a key two levels down", "{{ trigger.body.reff }}",
        "1:17 UndefinedError: 'dict object' has no attribute 'reff' (did you mean 'ref'?)");
    row("a member of what is missing", "{{ trigger.boddy.ref }}",
        "1:12 UndefinedError: 'dict object' has no attribute 'boddy' (did you mean 'body'?)");
    row("a number in a list", "{{ [1][4] }}", "1:8 UndefinedError: list object has no element 4");
    row("a filter within an expression", "{{ 1 + (host | lowr) }}",
        "1:16 TemplateAssertionError: No filter named 'lowr'. (did you mean 'lower'?)");
    row("a filter's keyword", "{{ host | replace(old='a', nwe='b') }}",
        "1:11 TypeError: do_replace() got an unexpected keyword argument 'nwe' (did you mean "
        "'new'?)");
    row("a filter's argument is missing", "{{ host | replace }}",
        "1:11 TypeError: do_replace() missing 2 required positional arguments: 'old' and 'new'");
    row("a method's argument is missing", "{{ host.replace('a') }}",
        "1:9 TypeError: replace() missing 1 required positional argument: 'new'");
    row("a method that is not there", "{{ [1].appendd(2) }}",
        "1:8 UndefinedError: 'list object' has no attribute 'appendd' (did you mean 'append'?)");
    row("a filter block", "{% filter uper %}a{% endfilter %}",
        "1:11 TemplateAssertionError: No filter named 'uper'. (did you mean 'upper'?)");
    row("a tag's end", "{% if host %}a{% endfi %}",
        "1:18 TemplateSyntaxError: Encountered unknown tag 'endfi'. Jinja was looking for the "
        "following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed "
        "is 'if'. (did you mean 'endif'?)");
    row("letters that changed places", "x\n{% fro a in b %}",
        "2:4 TemplateSyntaxError: Encountered unknown tag 'fro'. (did you mean 'for'?)");
    row("an end of another block", "{% for a in [1] %}\n{% endif %}",
        "2:4 TemplateSyntaxError: Encountered unknown tag 'endif'. Jinja was looking for the "
        "following tags: 'endfor' or 'else'. The innermost block that needs to be closed is "
        "'for'.");
    row("an end without a beginning", "a\n\n{% endif %}",
        "3:4 TemplateSyntaxError: Encountered unknown tag 'endif'.");
    row("an expression without an end", "a {{ host",
        "1:10 TemplateSyntaxError: unexpected end of template, expected 'end of print statement'.");
    row("a text without an end", "{{ 'host }}",
        "1:4 TemplateSyntaxError: unexpected char ''' at 3");
    row("a bracket without an end", "{{ (1 + 2 }}",
        "1:11 TemplateSyntaxError: unexpected '}', expected ')'");
    row("two values side by side", "{{ host\n  host }}",
        "2:3 TemplateSyntaxError: expected token 'end of print statement', got 'host'");
    row("an operator without a value", "{{ 1 +\n}}",
        "2:1 TemplateSyntaxError: unexpected 'end of print statement'");
    row("an empty expression", "{{ }}",
        "1:4 TemplateSyntaxError: Expected an expression, got 'end of print statement'");
    row("a comment without an end", "a\n{# b",
        "2:1 TemplateSyntaxError: Missing end of comment tag");
    row("raw without an end", "a\n{% raw %}{{",
        "2:10 TemplateSyntaxError: Missing end of raw directive");
    row("an odd character", "{{ host ; }}",
        "1:9 TemplateSyntaxError: expected token 'end of print statement', got ';'");
    row("an unknown escape", "{{ 1 ? 2 }}", "1:6 TemplateSyntaxError: unexpected char '?' at 5");
    row("a number that is none", "{{ 1__2 }}",
        "1:5 TemplateSyntaxError: expected token 'end of print statement', got '__2'");
    row("a set without a value", "{% set a %}",
        "1:4 TemplateSyntaxError: Unexpected end of template. Jinja was looking for the following "
        "tags: 'endset'. The innermost block that needs to be closed is 'set'.");
    row("a set of what cannot be set", "{% set 1 = 2 %}",
        "1:8 TemplateSyntaxError: can't assign to 'const'");
    row("a loop without in", "{% for a of [1] %}{% endfor %}",
        "1:10 TemplateSyntaxError: expected token 'in', got 'of'");
    row("a loop over a number", "{% for a in 3 %}{% endfor %}",
        "1:13 TypeError: 'int' object is not iterable");
    row("unpacking too few", "{% for a, b in [[1]] %}{% endfor %}",
        "1:8 ValueError: not enough values to unpack (expected 2, got 1)");
    row("a sum of a text and a number", "\n{{ host + 1 }}",
        "2:9 TypeError: can only concatenate str (not \"int\") to str");
    row("a division by nothing", "{{ 1 // (1 - 1) }}",
        "1:6 ZeroDivisionError: integer division or modulo by zero");
    row("a test that is not known", "{{ 3 is evne }}",
        "1:9 TemplateAssertionError: No test named 'evne'. (did you mean 'even'?)");
    row("a test's argument is missing", "{{ 3 is divisibleby }}",
        "1:9 TypeError: test_divisibleby() missing 1 required positional argument: 'num'");
    row("a loop's member", "{% for a in [1] %}\n{{ loop.lenght }}{% endfor %}",
        "2:9 UndefinedError: 'jinja2.runtime.LoopContext object' has no attribute 'lenght' (did "
        "you mean 'length'?)");
    row("a namespace's member", "{% set ns = namespace(count=1) %}\n{{ ns.cuont }}",
        "2:7 UndefinedError: 'jinja2.utils.Namespace object' has no attribute 'cuont' (did you "
        "mean 'count'?)");
    row("a name that is set later", "{{ later }}{% set later = 1 %}",
        "1:4 UndefinedError: 'later' is undefined");
    row("a name of a loop that is over", "{% for item in [1] %}{% endfor %}{{ item }}",
        "1:37 UndefinedError: 'item' is undefined");
    row("too many arguments of a macro", "{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}",
        "2:4 TypeError: macro 'm' takes not more than 1 argument(s)");
    row("a block named twice", "{% block a %}{% endblock %}\n{% block a %}{% endblock %}",
        "2:10 TemplateAssertionError: block 'a' defined twice");
    row("json that is none", "\n{{ '{' | from_json_string }}",
        "2:10 JSONDecodeError: Not JSON at 1:2: expected a key in double quotes.");
    row("yaml that is none", "{{ 'a: [' | from_yaml_string }}",
        "1:13 ParserError: Not YAML at 1:5: expected , or ] here.");
    row("a regular expression that is none", "{{ host | regex_match('(') }}",
        "1:11 error: The regular expression is wrong at position 0: a ( without its ).");
    row("a version that is none", "{{ 'x' | version_compare('1.0.0') }}",
        "1:10 ValueError: x is not valid SemVer string");
    row("too long a text", "a\n{{ 'a' * 10**9 }}",
        "2:8 LimitExceeded: the template makes a text of more than 16777216 bytes");
    row("too many items", "{{ range(10**7) | list }}",
        "1:4 OverflowError: Range too big. The sandbox blocks ranges larger than MAX_RANGE "
        "(100000).");
    row("too many steps",
        "{% for a in range(100000) %}\n{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "2:13 LimitExceeded: the template takes more than 100000 steps to evaluate");
    row("too deep a recursion", "{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}",
        "2:4 RecursionError: maximum recursion depth exceeded");
    row("too deep a nesting",
        QByteArray("{{ ") + QByteArray(300, '(') + "1" + QByteArray(300, ')') + " }}",
        "1:28 TemplateSyntaxError: the template is nested too deeply");
    row("an unsafe member in brackets", "\n\n{{ host['__class__'] }}",
        "3:9 SecurityError: access to attribute '__class__' of 'str' object is unsafe.");
    row("an unsafe member by filter", "{{ host | attr('__class__') }}",
        "1:11 SecurityError: access to attribute '__class__' of 'str' object is unsafe.");
    row("an unsafe format", "{{ '{0.__class__}'.format(host) }}",
        "1:20 SecurityError: access to attribute '__class__' of 'str' object is unsafe.");
    row("other templates", "{% include 'x' %}",
        "1:12 TypeError: no loader for this environment specified");
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
