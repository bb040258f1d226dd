#include "engine/expressions/workflow_expression.h"

#include <QTest>

using namespace stormglass;

namespace {

Value sample()
{
    return Value::map({{"host", "a"},
                       {"none", Value()},
                       {"body", Value::map({{"ref", 1}})},
                       {"rows", Value::list({Value::map({{"name", "n"}})})},
                       {"template", "<% ctx().hosst %>"},
                       {"__current_item", Value::map({{"host", 1}})},
                       {"__state", Value::map({{"tasks", Value::map({{"deploy__r0", 0}})}})}});
}

Result<Value> evaluated(const QByteArray &source)
{
    WorkflowContext context;
    context.data = sample();
    context.limits.steps = 100'000;
    const std::string_view text(source.constData(), static_cast<std::size_t>(source.size()));
    return WorkflowExpression::compile(Value(text)).evaluate(context);
}

// `2:4 … VariableUndefinedError: The variable "hosst" is undefined. (did you mean 'host'?)`: what
// is said of the whole expression is left out.
QString failureOf(const QByteArray &source)
{
    const Result<Value> result = evaluated(source);
    if (result)
        return QStringLiteral("evaluated: ") + result->toQString();
    QString message = result.error().message;
    const qsizetype begin = std::max({message.lastIndexOf(QStringLiteral("%>'. ")),
                                      message.lastIndexOf(QStringLiteral("}}'. ")),
                                      message.lastIndexOf(QStringLiteral("%}'. "))});
    if (message.startsWith(QStringLiteral("Unable to evaluate expression '")) && begin > 0)
        message = QStringLiteral("\u2026 ") + message.mid(begin + 5);
    return result.error().place + u' ' + message;
}

} // namespace

// Places in the whole text that was written, whatever stands around the expression.
class TestWorkflowErrorPlaces : public QObject
{
    Q_OBJECT

private slots:
    void saysWhereAndWhatWasMeant_data();
    void saysWhereAndWhatWasMeant();
    void saysWhereTextIsNotUtf8();
};

void TestWorkflowErrorPlaces::saysWhereAndWhatWasMeant_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("failure");
    const auto row = [](const char *name, const QByteArray &source, const char *failure) {
        QTest::newRow(name) << source << QString::fromUtf8(failure);
    };
    row("function", "<% fooo() %>",
        "1:4 … NoFunctionRegisteredException: Unknown function \"fooo\"");
    row("function in mixed text", "a\nb <% lenn(ctx().host) %> c",
        "2:6 … NoFunctionRegisteredException: Unknown function \"lenn\" (did you mean 'len'?)");
    row("function after text of other letters", "éé <%lenn(1)%>",
        "1:6 … NoFunctionRegisteredException: Unknown function \"lenn\" (did you mean 'len'?)");
    row("method", "<% ctx().host.toUperr() %>",
        "1:15 … NoMethodRegisteredException: Unknown method \"toUperr\" for receiver a (did you "
        "mean 'toUpper'?)");
    row("method in the second expression", "<% 1 %>\n<% 2 %> <% [1].lenn() %>",
        "2:16 … NoMethodRegisteredException: Unknown method \"lenn\" for receiver (1,) (did you "
        "mean 'len'?)");
    row("function defined in the expression", "<% def(double, $ * 2) -> duoble(2) %>",
        "1:26 … NoFunctionRegisteredException: Unknown function \"duoble\" (did you mean "
        "'double'?)");
    row("variable by call", "line\n  <% ctx(hosst) %>",
        "2:6 … VariableUndefinedError: The variable \"hosst\" is undefined. (did you mean "
        "'host'?)");
    row("variable by quoted name", "<% ctx('hosst') %>",
        "1:4 … VariableUndefinedError: The variable \"hosst\" is undefined. (did you mean "
        "'host'?)");
    row("variable as a member", "<% ctx().hosst %>",
        "1:10 Unable to resolve key 'hosst' in expression '<% ctx().hosst %>' from context. (did "
        "you mean 'host'?)");
    row("key", "a\n\nb: <% ctx().body.reff %>",
        "3:18 Unable to resolve key 'reff' in expression '<% ctx().body.reff %>' from context. "
        "(did you mean 'ref'?)");
    row("key in brackets", "<% ctx().body['reff'] %>",
        "1:14 Unable to resolve key 'reff' in expression '<% ctx().body['reff'] %>' from context. "
        "(did you mean 'ref'?)");
    row("key of each", "<% ctx().rows.nmae %>",
        "1:15 Unable to resolve key 'nmae' in expression '<% ctx().rows.nmae %>' from context. "
        "(did you mean 'name'?)");
    row("key within a lambda", "<% ctx().rows.select($.nmae) %>",
        "1:24 Unable to resolve key 'nmae' in expression '<% ctx().rows.select($.nmae) %>' from "
        "context. (did you mean 'name'?)");
    row("key behind a filter", "<% ctx().rows.where($.name != a).select($.namee).first() %>",
        "1:43 Unable to resolve key 'namee' in expression '<% ctx().rows.where($.name != "
        "a).select($.namee).first() %>' from context. (did you mean 'name'?)");
    row("member of null", "<% ctx().none.x %>",
        "1:15 … NoFunctionRegisteredException: Unknown function \"#property#x\"");
    row("property of a date", "<% datetime(2024, 1, 1).yaer %>",
        "1:25 … NoFunctionRegisteredException: Unknown function \"#property#yaer\" (did you mean "
        "'#property#year'?)");
    row("item's key", "<% item(hosst) %>",
        "1:4 … ExpressionEvaluationException: Item does not have key \"hosst\". (did you mean "
        "'host'?)");
    row("task", "<% task(deplyo) %>",
        "1:4 … ExpressionEvaluationException: Unable to find task execution for \"deplyo\". (did "
        "you mean 'deploy'?)");
    row("stored key", "<% st2kv('nothing') %>",
        "1:4 Unable to resolve key 'Could not get user from context.' in expression '<% "
        "st2kv('nothing') %>' from context.");
    row("types of an operator", "x <% 1 + 2 %>",
        "1:9 … YaqlLexicalException: Lexical error: illegal character ' ' at position 3");
    row("a text and a number", "x\n <% 'a' + 1 %>",
        "2:9 … NoMatchingFunctionException: No function \"#operator_+\" matches supplied "
        "arguments");
    row("no overload of a function", "<% len(1) %>",
        "1:4 … NoMatchingFunctionException: No function \"len\" matches supplied arguments");
    row("no overload of a method", "<% 1 + [1].join(2) %>",
        "1:12 … NoMatchingMethodException: No method \"join\" for receiver (1,) matches supplied "
        "arguments");
    row("division by nothing", "<% [1, 0].select(1 / $) %>",
        "1:20 … ZeroDivisionError: integer division or modulo by zero");
    row("a lazy sequence that fails late", "<% [[1], 2].select($.len()).sum() %>",
        "1:22 … NoMatchingMethodException: No method \"len\" for receiver 2 matches supplied "
        "arguments");
    row("index behind the end", "<% [1][5] %>", "1:7 … IndexError: list index out of range");
    row("first of nothing", "<% [].first() %>", "1:7 … StopIteration: ");
    row("assertion", "<% 1.assert($ = 2, 'no two') %>", "1:6 … AssertionError: no two");
    row("a rule that is no name", "<% let('x' => 1) -> $x %>",
        "1:4 … MappingTranslationException: Cannot convert mapping to keyword argument");
    row("not closed", "a\n<% len( %>",
        "2:8 … YaqlGrammarException: Parse error: unexpected end of statement");
    row("two values", "<% 1 2 %>",
        "1:6 … YaqlGrammarException: Parse error: unexpected '2' at position 2 of expression '1 2");
    row("operator at the end", "\n<% 1 + %>",
        "2:7 … YaqlGrammarException: Parse error: unexpected end of statement");
    row("odd character", "ab <% 1 ; 2 %>",
        "1:9 … YaqlLexicalException: Lexical error: illegal character ';' at position 2");
    row("text without an end", "<% 'a %>",
        "1:4 … YaqlLexicalException: Lexical error: illegal character ''' at position 0");
    row("empty expression", "a <% %> b",
        "1:3 … YaqlGrammarException: Parse error: unexpected end of statement");
    row("double underscore", "<% __x %>",
        "1:4 … YaqlLexicalException: Lexical error: illegal character '_' at position 0");
    row("integer of a text", "<% int('x') %>",
        "1:4 … ValueError: invalid literal for int() with base 10: 'x");
    row("regular expression", "<% regex('(') %>",
        "1:4 … error: The regular expression is wrong at position 0: a ( without its ).");
    row("endless sequence", "a\n<% sequence() %>",
        "2:4 … LimitExceeded: the template takes more than 100000 steps to evaluate");
    row("endless generation", "<% generate(1, true, $ + 1).len() %>",
        "1:4 … LimitExceeded: the template takes more than 100000 steps to evaluate");
    row("huge text", "<% 'ab' * 1000000000 %>",
        "1:9 … LimitExceeded: the template makes a text of more than 16777216 bytes");
    row("huge list", "\n<% [1, 2] * 1000000000 %>",
        "2:11 … LimitExceeded: the template makes a sequence of more than 1000000 items");
    row("recursion", "<% def(f, f($)) -> f(1) %>",
        "1:13 … RecursionError: maximum recursion depth exceeded");
    row("nesting", QByteArray("<% ") + QByteArray(300, '(') + "1" + QByteArray(300, ')') + " %>",
        "1:194 … YaqlGrammarException: the expression is nested too deeply");
    row("private variable", "<% ctx('__state') %>",
        "1:4 … VariableInaccessibleError: The variable \"__state\" is for internal use and "
        "inaccessible.");
    row("sandbox", "<% ctx().host.__class__ %>",
        "1:15 … YaqlLexicalException: Lexical error: illegal character '_' at position 11");
    row("Jinja: variable", "a\n{{ ctx().hosst }}",
        "2:10 There are unresolved variables: ctx().hosst (did you mean 'host'?)");
    row("Jinja: variable by call", "a\n {{ ctx('hosst') }}",
        "2:5 … VariableUndefinedError: The variable \"hosst\" is undefined. (did you mean "
        "'host'?)");
    row("Jinja: second of a line", "{{ ctx().host }} {{ ctx().hosst.x }}",
        "1:27 … UndefinedError: 'dict object' has no attribute 'hosst' (did you mean 'host'?)");
    row("Jinja: filter", "x {{ ctx().host | uper }}",
        "1:19 … TemplateAssertionError: No filter named 'uper'. (did you mean 'upper'?)");
    row("Jinja: function", "x\n\n{{ ctxx() }}",
        "3:4 … UndefinedError: 'ctxx' is undefined (did you mean 'ctx'?)");
    row("Jinja: syntax", "x\n {{ 1 + }}",
        "2:8 … TemplateSyntaxError: unexpected 'end of template'");
    row("Jinja: sandbox", "x {{ ctx().host.__class__ }}",
        "1:17 There are unresolved variables: ctx().host.__class__");
    row("Jinja: limit", "\nx {{ 'a' * 10**9 }}",
        "2:10 … LimitExceeded: the template makes a text of more than 16777216 bytes");
    row("Jinja: in a block", "{% if true %}\n {{ ctx().body.reff.x }}{% endif %}",
        "2:16 … UndefinedError: 'dict object' has no attribute 'reff' (did you mean 'ref'?)");
    row("Jinja: block's syntax", "\n{% fi true %}{% endif %}",
        "2:4 … TemplateSyntaxError: Encountered unknown tag 'fi'.");
    row("Jinja: behind a raw block", "{% raw %}{{ a }}{% endraw %} {{ ctx().body.reff + 1 }}",
        "1:44 … UndefinedError: 'dict object' has no attribute 'reff' (did you mean 'ref'?)");
    row("Jinja: block behind a raw block",
        "{% raw %}{{ a }}{% endraw %} {% if ctx().body.reff + 1 %}{% endif %}",
        "1:47 … UndefinedError: 'dict object' has no attribute 'reff' (did you mean 'ref'?)");
    row("Jinja: variable in a sum", "{{ 1 + ctx().hosst }}",
        "1:14 … UndefinedError: 'dict object' has no attribute 'hosst' (did you mean 'host'?)");
    row("Jinja: name of an operand", "a {{ ctx().host ~ hosst }}",
        "1:19 … UndefinedError: 'hosst' is undefined");
    row("a text that came out", "x\n <% ctx().template %>",
        "2:5 … YaqlEvaluationException: Unable to resolve key 'hosst' in expression '<% "
        "ctx().hosst %>' from context. (did you mean 'host'?)");
}

void TestWorkflowErrorPlaces::saysWhereAndWhatWasMeant()
{
    QFETCH(const QByteArray, source);
    QTEST(failureOf(source), "failure");
}

void TestWorkflowErrorPlaces::saysWhereTextIsNotUtf8()
{
    QCOMPARE(failureOf("a\n<% 'b\xff' %>"),
             QStringLiteral("2:6 \u2026 YaqlLexicalException: an expression must be UTF-8 text"));
}

QTEST_GUILESS_MAIN(TestWorkflowErrorPlaces)
#include "tst_workflow_error_places.moc"
