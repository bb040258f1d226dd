#include "engine/expressions/expression.h"
#include "engine/expressions/workflow_expression.h"

#include <QElapsedTimer>
#include <QTest>

using namespace stormglass;

namespace {

Result<Value> rendered(const std::string &source, const Value &variables = Value::map())
{
    SG_LET(const Expression expression, Expression::compile(source, Language::Jinja));
    EvaluationContext context;
    context.variables = variables;
    return expression.evaluate(context);
}

std::string repeated(const std::string &text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

} // namespace

// Templates that would use up the machine are refused, and soon.
class TestHostileTemplates : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatHasNoEnd_data();
    void refusesWhatHasNoEnd();
    void refusesToParseWhatIsTooDeep_data();
    void refusesToParseWhatIsTooDeep();
    void readsALongListThatIsNotDeep();
    void growsALongListItemByItem();
    void refusesAContainerInsideItself();
    void refusesAWorkflowTextThatLeadsToItself();
    void keepsNothingThatHoldsItself();
    void refusesWhatIsNotUtf8();
    void reachesNothingOfTheHost_data();
    void reachesNothingOfTheHost();
};

void TestHostileTemplates::refusesWhatHasNoEnd_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("kind");
    const auto limited = [](const char *name, const char *source) {
        QTest::newRow(name) << QString::fromUtf8(source) << QStringLiteral("LimitExceeded");
    };
    limited("a huge text", "{{ 'a' * 10**9 }}");
    limited("a huge list", "{{ [0] * 10**9 }}");
    limited("a huge width", "{{ '%1000000000d' % 1 }}");
    limited("a huge format", "{{ '{:1000000000}'.format(1) }}");
    limited("a huge margin", "{{ 'a\nb' | indent(10**9) }}");
    limited("a huge centre", "{{ 'a' | center(10**9) }}");
    limited("a huge number", "{{ 10 ** (10 ** 10) }}");
    limited("a number that keeps growing",
            "{% set ns = namespace(n=9) %}{% for i in range(100) %}{% set ns.n = ns.n * ns.n %}"
            "{% endfor %}{{ ns.n }}");
    limited("a text that doubles",
            "{% set ns = namespace(t='ab') %}{% for i in range(100) %}{% set ns.t = ns.t ~ ns.t %}"
            "{% endfor %}{{ ns.t }}");
    limited("a replacement that multiplies", "{% set t = 'a' * 100000 %}{{ t | replace('a', t) }}");
    limited("loops in loops",
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}");
    limited("output without end", "{% for a in range(100000) %}{{ 'x' * 1000 }}{% endfor %}");
    limited("a list that grows while it is walked",
            "{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}");
    limited("texts joined", "{{ range(100000) | map('string') | map('center', 10000) | join }}");
    limited("huge bytes", "{{ ('a' * 1000).encode().ljust(10**9) }}");
    limited("the bytes of a number", "{{ (5).to_bytes(10**9) }}");
    limited("a number of many bytes", "{{ 1 .from_bytes(('a' * 100000).encode()) }}");
    limited("a sorted printing",
            "{% set d = {} %}{% for i in range(100000) %}{{ d.update({i: range(100) | list}) or '' "
            "}}{% endfor %}{{ d | pprint }}");
    limited("a regular expression that backtracks",
            "{{ ('a' * 60 ~ 'c') | regex_match('(a|aa)+(b|$)') }}");
    const auto other = [](const char *name, const char *source, const char *kind) {
        QTest::newRow(name) << QString::fromUtf8(source) << QString::fromLatin1(kind);
    };
    other("an endless range", "{{ range(10**12) | list }}", "OverflowError");
    other("a macro that calls itself", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
          "RecursionError");
    other("a block that prints itself", "{% block b %}{{ self.b() }}{% endblock %}",
          "RecursionError");
    other("a loop that calls itself", "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
          "RecursionError");
}

void TestHostileTemplates::refusesWhatHasNoEnd()
{
    QFETCH(const QString, source);
    QFETCH(const QString, kind);
    QElapsedTimer timer;
    timer.start();
    const Result<Value> result = rendered(source.toStdString());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QVERIFY2(timer.elapsed() < 20'000, "the limits came too late");
}

void TestHostileTemplates::refusesToParseWhatIsTooDeep_data()
{
    QTest::addColumn<QByteArray>("source");
    const auto row = [](const char *name, const std::string &source) {
        QTest::newRow(name) << QByteArray::fromStdString(source);
    };
    constexpr int many = 20'000;
    row("parentheses", "{{ " + repeated("(", many) + "1" + repeated(")", many) + " }}");
    row("lists", "{{ " + repeated("[", many) + repeated("]", many) + " }}");
    row("maps", "{{ " + repeated("{1:", many) + "1" + repeated("}", many) + " }}");
    row("not", "{{ " + repeated("not ", many) + "1 }}");
    row("minus", "{{ " + repeated("- ", many) + "1 }}");
    row("sums", "{{ 1" + repeated(" + 1", many) + " }}");
    row("powers", "{{ 1" + repeated(" ** 1", many) + " }}");
    row("or", "{{ 1" + repeated(" or 1", many) + " }}");
    row("members", "{{ a" + repeated(".b", many) + " }}");
    row("calls", "{{ a" + repeated("(1", many) + repeated(")", many) + " }}");
    row("indexes", "{{ a" + repeated("[0", many) + repeated("]", many) + " }}");
    row("filters", "{{ a" + repeated(" | upper", many) + " }}");
    row("tests", "{{ a" + repeated(" is (true is", many) + " }}");
    row("inline conditions", "{{ " + repeated("1 if 1 else ", many) + "1 }}");
    row("conditions", repeated("{% if 1 %}", many) + repeated("{% endif %}", many));
    row("loops", repeated("{% for a in b %}", many) + repeated("{% endfor %}", many));
}

void TestHostileTemplates::refusesToParseWhatIsTooDeep()
{
    QFETCH(const QByteArray, source);
    const auto expression = Expression::compile(source.toStdString(), Language::Jinja);
    QVERIFY(!expression);
    QCOMPARE(expression.error().kind, QStringLiteral("TemplateSyntaxError"));
}

void TestHostileTemplates::readsALongListThatIsNotDeep()
{
    const Result<Value> result = rendered("{{ [" + repeated("1,", 20'000) + "] | sum }}");
    QVERIFY(result);
    QCOMPARE(result->toQString(), QStringLiteral("20000"));
}

// The limits are for what has no end: each item costs the same, however many there are.
void TestHostileTemplates::growsALongListItemByItem()
{
    const Result<Value> appended
        = rendered("{% set l = [] %}{% for i in range(50000) %}{% set _ = l.append(i) %}"
                   "{% endfor %}{{ l | length }}");
    QVERIFY2(appended, appended ? "" : qPrintable(appended.error().message));
    QCOMPARE(appended->toQString(), QStringLiteral("50000"));
    for (const char *const source : {"<% range(50000) %>", "<% range(50000).distinct() %>",
                                     "<% range(50000).toSet().toList() %>",
                                     "<% range(50000).memorize() %>", "<% list(range(50000)) %>"}) {
        const Result<Value> result = WorkflowExpression::compile(Value(source)).evaluate({});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->items().size(), std::size_t{50'000});
    }
}

void TestHostileTemplates::refusesAContainerInsideItself()
{
    QCOMPARE(rendered("{% set l = [] %}{{ l.append(l) }}").error().kind,
             QStringLiteral("ValueError"));
    QCOMPARE(rendered("{% set d = {} %}{{ d.update(a=[d]) }}").error().kind,
             QStringLiteral("ValueError"));
}

void TestHostileTemplates::refusesAWorkflowTextThatLeadsToItself()
{
    WorkflowContext context;
    context.data = Value::map({{"a", "{{ ctx().b }}"}, {"b", "{{ ctx().a }}"}});
    const auto expression = WorkflowExpression::compile(Value("{{ ctx().a }}"));
    const Result<Value> result = expression.evaluate(context);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, QStringLiteral("JinjaEvaluationException"));
    context.evaluatesResults = false;
    context.data = Value::map({{"a", "x {{ ctx().b }}"}});
    QCOMPARE(WorkflowExpression::compile(Value("{% if 1 %}{{ ctx('a') }}{% endif %}"))
                 .evaluate(context)
                 .error()
                 .message,
             QStringLiteral("There are unresolved variables: ctx().b"));
}

// What the sanitizers would find: circles that no count of references ever frees.
void TestHostileTemplates::keepsNothingThatHoldsItself()
{
    for (const char *const source : {"{% set n = namespace() %}{% set n.a = n.missing %}",
                                     "{% set l = [] %}{{ l.append(l.pop) }}",
                                     "{% set l = [1] %}{{ l.append(l | map('string')) }}",
                                     "{% set d = {} %}{{ d.update(a=d.items()) }}",
                                     "{% set n = namespace() %}{% set n.a = [n] %}"})
        QVERIFY(rendered(source));
}

void TestHostileTemplates::refusesWhatIsNotUtf8()
{
    const Error error = rendered("{{ '\xe3\xe3' | random }}").error();
    QCOMPARE(error.kind, QStringLiteral("TemplateSyntaxError"));
    const auto expression = WorkflowExpression::compile(Value("<% '\xe3' %>"));
    QVERIFY(!expression.evaluate({}));
}

void TestHostileTemplates::reachesNothingOfTheHost_data()
{
    QTest::addColumn<QString>("source");
    for (const char *const source :
         {"{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}",
          "{{ [].append.__self__ }}", "{{ range.__globals__ }}", "{{ '{0.__class__}'.format('') }}",
          "{{ 'x' | attr('__class__') }}", "{{ ''['__class__'] }}", "{{ self.__init__ }}"})
        QTest::newRow(source) << QString::fromUtf8(source);
}

void TestHostileTemplates::reachesNothingOfTheHost()
{
    QFETCH(const QString, source);
    const Result<Value> result = rendered(source.toStdString());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, QStringLiteral("SecurityError"));
}

QTEST_GUILESS_MAIN(TestHostileTemplates)
#include "tst_hostile_templates.moc"
