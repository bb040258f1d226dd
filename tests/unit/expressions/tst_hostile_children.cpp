#include "engine/expressions/expression.h"
#include "engine/expressions/workflow_expression.h"

#include <QTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace stormglass;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true;
#else
constexpr bool isSanitized = false;
#endif

// What one template may take of the machine, in a build without optimization.
constexpr long mostKibibytes = 384 * 1024;
constexpr long mostSeconds = isSanitized ? 60 : 8;

void evaluate(const std::string &source)
{
    if (source.find("<%") != std::string::npos) {
        (void)WorkflowExpression::compile(Value(source)).evaluate({});
        return;
    }
    const Result<Expression> expression = Expression::compile(source, Language::Jinja);
    if (expression)
        (void)expression->evaluate({});
}

struct Used
{
    int status = 0;
    rusage usage = {};
    long seconds() const { return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec; }
};

// In a child, so that the peak is its own, and a crash is one row's.
Used usedBy(const std::string &source)
{
    const pid_t child = fork();
    if (child == 0) {
        const rlimit limit{mostSeconds + 1, mostSeconds + 1};
        setrlimit(RLIMIT_CPU, &limit);
        evaluate(source);
        _exit(0);
    }
    Used used;
    if (child < 0 || wait4(child, &used.status, 0, &used.usage) != child)
        used.status = -1;
    return used;
}

std::string repeated(std::string_view text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

// Each line holds the one before ten times.
std::string billionLaughs()
{
    std::string yaml = "a: &a [x,x,x,x,x,x,x,x,x,x]\\n";
    for (char c = 'b'; c < 'm'; ++c) {
        const std::string before = std::string("*") + static_cast<char>(c - 1);
        yaml += std::string(1, c) + ": &" + c + " [" + before + repeated("," + before, 9) + "]\\n";
    }
    return yaml;
}

const std::string deepList = "{% set n = namespace(l=[0]) %}{% for i in range(60) %}"
                             "{% set n.l = [n.l, n.l] %}{% endfor %}";

} // namespace

// Memory and time of hostile templates, measured by the system.
class TestHostileChildren : public QObject
{
    Q_OBJECT

private slots:
    void boundsMemoryAndTime_data();
    void boundsMemoryAndTime();
};

void TestHostileChildren::boundsMemoryAndTime_data()
{
    QTest::addColumn<QByteArray>("source");
    const auto row = [](const char *name, const std::string &source) {
        QTest::newRow(name) << QByteArray::fromStdString(source);
    };
    row("a huge text", "{{ 'a'*10**9 }}");
    row("powers of powers", "{{ 9**9**9 }}");
    row("a power", "{{ 9**9**5 }}");
    row("a long number", "{{ ('9' * 1000000) | int }}");
    row("a width by percent", "{{ '%999999999d' % 1 }}");
    row("digits by percent", "{{ '%.999999999f' % 1 }}");
    row("a width that is given", "{{ '%*d' % (999999999, 1) }}");
    row("a width by format", "{{ '{:>999999999}'.format(1) }}");
    row("a width in a width", "{{ '{:{}}'.format(1, 999999999) }}");
    row("center", "{{ 'a'.center(999999999) }}");
    row("ljust", "{{ 'a'.ljust(999999999) }}");
    row("rjust", "{{ 'a'.rjust(999999999) }}");
    row("zfill", "{{ 'a'.zfill(999999999) }}");
    row("expandtabs", "{{ 'a\t'.expandtabs(999999999) }}");
    row("replace", "{{ ('a'*100000).replace('a', 'b'*100000) | length }}");
    row("replace of nothing", "{{ ('a'*100000) | replace('', 'b'*100000) | length }}");
    row("indent", "{{ ('a\n'*100000) | indent(100000) }}");
    row("wordwrap", "{{ ('a '*1000000) | wordwrap(1, wrapstring='b'*1000) | length }}");
    row("translate", "{{ ('a'*1000000).translate({97: 'b'*1000}) | length }}");
    row("split at spaces", "{{ ('a '*8000000).split() | length }}");
    row("split from the right", "{{ ('a '*8000000).rsplit() | length }}");
    row("split into lines", "{{ ('a\n'*8000000).splitlines() | length }}");
    row("split into characters", "{{ ('a'*16000000) | list | length }}");
    row("letters that become two", "{{ ('\xC3\x9F'*4000000).upper() | length }}");
    row("an endless range", "{{ range(10**18) | list }}");
    row("a list that doubles itself",
        "{% set l=[0] %}{% for i in range(60) %}{% set _ = l.extend(l) %}{% endfor %}");
    row("a sum that doubles",
        "{% set n = namespace(l=[0]) %}{% for i in range(60) %}"
        "{% set n.l = n.l + n.l %}{% endfor %}");
    row("a deep list, printed", deepList + "{{ n.l }}");
    row("a deep list, compared", deepList + "{{ n.l == n.l }}");
    row("a deep list as JSON", deepList + "{{ n.l | tojson }}");
    row("a deep list as YAML", deepList + "{{ n.l | to_yaml_string }}");
    row("a deep list, pretty", deepList + "{{ n.l | pprint }}");
    row("many long texts",
        "{% set l=[] %}{% for i in range(100000) %}"
        "{% set _ = l.append('x' * 100000 ~ i) %}{% endfor %}");
    row("many long lists",
        "{% set l=[] %}{% for i in range(1000) %}"
        "{% set _ = l.append([0] * 900000) %}{% endfor %}");
    row("long texts in a map",
        "{% set d={} %}{% for i in range(100000) %}"
        "{% set _ = d.update({i: 'x' * 10000 ~ i}) %}{% endfor %}");
    row("one text in many places, as YAML",
        "{{ (['a' * 10000000] * 1000) | to_yaml_string | length }}");
    row("one text in many places, as JSON", "{{ (['a' * 10000000] * 1000) | tojson | length }}");
    row("sums of lists", "{{ ([[1]*1000] * 10000) | sum(start=[]) | length }}");
    row("slices", "{{ [1] | slice(10000000) | list | length }}");
    row("batches", "{{ [1] | batch(10000000, 0) | list | length }}");
    row("a macro that calls itself", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");
    row("a macro that doubles",
        "{% macro m(n) %}{% if n %}{{ m(n-1) ~ m(n-1) }}{% else %}x"
        "{% endif %}{% endmacro %}{{ m(60) }}");
    row("a loop in loops",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}"
        "{% endfor %}");
    row("a catastrophic regex", "{{ ('a'*60 ~ 'c') | regex_match('(a|aa)+(b|$)') }}");
    row("a regex in a regex", "{{ ('x'*20000) | regex_search('(x+x+)+y') }}");
    row("a regex that counts", "{{ 'a' | regex_search('((a{1,100}){1,100}){1,100}') }}");
    row("a regex that is deep", "{{ 'a' | regex_search('(' * 100000) }}");
    row("deep JSON", "{{ ('['*1000000) | from_json_string }}");
    row("wide JSON", "{{ ('[' ~ '{},' * 3000000 ~ '1]') | from_json_string }}");
    row("long JSON", "{{ ('[' ~ '1,' * 5000000 ~ '1]') | from_json_string }}");
    row("deep YAML", "{{ ('- '*100000) | from_yaml_string }}");
    row("wide YAML", "{{ ('- a\n' * 3000000) | from_yaml_string }}");
    row("anchors in anchors", "{{ \"" + billionLaughs() + "\" | from_yaml_string | length }}");
    row("deep parentheses", "{{ " + repeated("(", 100'000) + " }}");
    row("deep blocks", repeated("{% if 1 %}", 100'000));
    row("YAQL: counting", "<% sequence() %>");
    row("YAQL: repeating", "<% 'a'.repeat() %>");
    row("YAQL: repeating long texts", "<% ('a' * 10000000).repeat(1000).join('').len() %>");
    row("YAQL: generating texts", "<% generate('a', true, $ + $) %>");
    row("YAQL: generating lists", "<% generate([1], true, [$, $]) %>");
    row("YAQL: generating numbers", "<% generate(3, true, $ * $).last() %>");
    row("YAQL: generating many", "<% generateMany(1, [$, $]) %>");
    row("YAQL: deep maps", "<% range(60).aggregate({a => $1, b => $1}, {}) %>");
    row("YAQL: deep lists", "<% str(range(60).aggregate([$1, $1], [1])) %>");
    row("YAQL: lists of lists", "<% range(10000).select(range(10000).toList()) %>");
    row("YAQL: long texts", "<% range(1000).select('a' * 10000000).toList().len() %>");
    row("YAQL: lists that grow", "<% range(1000).accumulate($1 + [$2] * 1000, []).toList() %>");
    row("YAQL: replace", "<% ('a' * 1000000).replace('a', 'b' * 1000) %>");
    row("YAQL: powers", "<% pow(9, pow(9, 9)) %>");
    row("YAQL: shifts", "<% shiftBitsLeft(1, 1000000000) %>");
    row("YAQL: regex", "<% ('a' * 60 + '!') =~ '^(a|aa|a?)+$' %>");
    row("YAQL: recursion", "<% def(f, f($ + 1) + f($ + 1)) -> f(1) %>");
    row("a text of many expressions", repeated("<% 1 %>", 100'000));
    row("a text of many that differ from none", repeated("<% 'a' * 10000000 %>", 1'000));
    row("a text of many beginnings", repeated("<%\n", 300'000) + "<% 1 %>");
    row("a text of many raw blocks", repeated("{% raw %}{{ 1 }}{% endraw %}", 50'000) + "<%");
}

void TestHostileChildren::boundsMemoryAndTime()
{
    QFETCH(const QByteArray, source);
    const Used used = usedBy(source.toStdString());
    QVERIFY2(WIFEXITED(used.status),
             qPrintable(QStringLiteral("ended by signal %1 after %2 s")
                            .arg(WTERMSIG(used.status))
                            .arg(used.seconds())));
    QVERIFY2(used.seconds() < mostSeconds, qPrintable(QString::number(used.seconds())));
    if (!isSanitized)
        QVERIFY2(used.usage.ru_maxrss < mostKibibytes,
                 qPrintable(QStringLiteral("%1 MiB").arg(used.usage.ru_maxrss / 1024)));
}

QTEST_GUILESS_MAIN(TestHostileChildren)
#include "tst_hostile_children.moc"
