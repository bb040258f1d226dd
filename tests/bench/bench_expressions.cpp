#include "tests/bench/bench.h"
#include "tests/bench/measuring.h"
#include "tests/bench/samples.h"

#include "engine/base/json.h"
#include "engine/expressions/expression.h"

#include <QFile>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int runs = 5;

struct Template
{
    const char *name;
    const char *source;
    // Of its rendering, in microseconds.
    std::optional<double> goal;
};

constexpr Template templates[] = {
    {"variable", "{{ trigger.body.alert.host }}", 1.0},
    {"mixed",
     "{{ trigger.body.alert.host | upper }} is {{ trigger.body.alert.value + 1 }}"
     "{% if trigger.body.alert.env == \"prod\" %} PROD{% endif %}",
     std::nullopt},
};

Value variables()
{
    return Value::map({{"trigger", Value::map({{"body", take(readJson(alertBody(1)))}})}});
}

// What jinja2.py found, timed within its own process: [{text, compile, render}, …] in microseconds.
Value askJinja2()
{
    Value sources = Value::list();
    for (const Template &one : templates)
        sources.append(one.source);
    const QTemporaryDir folder;
    const QString input = folder.filePath(u"input.json"_s);
    QFile file(input);
    const std::string text
        = writeJson(Value::map({{"templates", sources}, {"variables", variables()}}));
    if (!file.open(QFile::WriteOnly)
        || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
        giveUp(u"No file can be written."_s);
    file.close();
    const QString command = u"/usr/bin/python3 '%1' '%2'"_s.arg(
        QStringLiteral(SG_BENCH_FOLDER "/jinja2_times.py"), input);
    FILE *pipe = popen(command.toUtf8().constData(), "r");
    std::string answer(1 << 16, '\0');
    answer.resize(std::fread(answer.data(), 1, answer.size(), pipe));
    if (pclose(pipe) != 0)
        giveUp(u"Jinja2 could not be asked; it is Debian's python3-jinja2."_s);
    return take(readJson(answer));
}

void compare(const Report &report, const Template &one, const Value &theirs)
{
    const Expression expression = take(Expression::compile(one.source, Language::Jinja));
    EvaluationContext context;
    context.variables = variables();
    if (!(take(expression.evaluate(context)) == theirs["text"]))
        giveUp(u"Jinja2 renders %1 differently."_s.arg(QLatin1String(one.name)));
    const auto figure = [&](const char *what, const std::function<void()> &work, double limit,
                            std::optional<double> goal) {
        report({.name = std::string("expressions.") + one.name + "_" + what,
                .value = nanosecondsEach(runs, work) / 1e3,
                .unit = "us",
                .better = Figure::Better::Lower,
                .limit = limit,
                .against = "Jinja2's sandboxed environment",
                .goal = goal,
                .runs = runs});
    };
    const double render = theirs["render"].toDouble();
    figure(
        "compile", [&] { keep(take(Expression::compile(one.source, Language::Jinja))); },
        theirs["compile"].toDouble(), std::nullopt);
    figure(
        "render", [&] { keep(take(expression.evaluate(context))); }, render,
        one.goal ? one.goal : std::optional(render / 20));
}

void run(const Report &report)
{
    const Value theirs = askJinja2();
    std::size_t i = 0;
    for (const Template &one : templates)
        compare(report, one, theirs.items()[i++]);
}

const Add add("expressions", "templates compiled and rendered", run);

} // namespace

} // namespace stormglass::bench
