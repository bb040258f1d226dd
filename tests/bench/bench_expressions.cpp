#include "tests/bench/bench.h"
#include "tests/bench/expression_samples.h"
#include "tests/bench/measuring.h"

#include "engine/base/json.h"
#include "engine/expressions/orquesta_functions.h"

#include <QFile>
#include <QTemporaryDir>

#include <cstdio>

#include <sys/wait.h>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int runs = 5;
// What expression_times.py says when the library is not installed.
constexpr int absent = 3;

struct Reference
{
    Language language;
    // For expression_times.py; in the figures' names.
    const char *name;
    const char *figures;
    const char *package;
    const char *against;
    // How many times faster rendering is to be.
    double lead;
};

constexpr Reference references[] = {
    {Language::Jinja, "jinja2", "expressions.", "python3-jinja2", "Jinja2's sandboxed environment",
     20},
    {Language::Yaql, "yaql", "expressions.yaql_", "python3-yaql", "yaql, all prepared", 200},
};

std::string question(Language language)
{
    Value sources = Value::list();
    for (const ExpressionSample &sample : expressionSamples(language))
        sources.append(sample.source);
    return writeJson(Value::map({{"templates", sources}, {"variables", expressionVariables()}}));
}

// What Python found, timed within its own process: [{result, compile, render}, …] in microseconds.
// None where the reference is not installed.
std::optional<Value> ask(const Reference &reference)
{
    const QTemporaryDir folder;
    const QString input = folder.filePath(u"input.json"_s);
    QFile file(input);
    if (!file.open(QFile::WriteOnly)
        || file.write(QByteArray::fromStdString(question(reference.language))) < 0)
        giveUp(u"No file can be written."_s);
    file.close();
    const QString command = u"/usr/bin/python3 '%1' %2 '%3'"_s.arg(
        QStringLiteral(SG_BENCH_FOLDER "/expression_times.py"), QLatin1String(reference.name),
        input);
    FILE *pipe = popen(command.toUtf8().constData(), "r");
    if (!pipe)
        giveUp(u"Python cannot be started."_s);
    std::string answer(1 << 16, '\0');
    answer.resize(std::fread(answer.data(), 1, answer.size(), pipe));
    const int status = pclose(pipe);
    if (WIFEXITED(status) && WEXITSTATUS(status) == absent)
        return std::nullopt;
    if (status != 0)
        giveUp(u"%1 could not be asked."_s.arg(QLatin1String(reference.against)));
    return take(readJson(answer));
}

EvaluationContext contextFor(Language language)
{
    EvaluationContext context;
    context.variables = language == Language::Jinja ? expressionVariables()
                                                    : workflowVariables(expressionVariables());
    return context;
}

// Jinja2 and YAQL answer the same, or there is nothing to compare.
void requireSame(const ExpressionSample &sample, const Value &ours, const Value &theirs)
{
    if (!(ours == theirs))
        giveUp(u"Python gives for %1 %2, not %3."_s.arg(QLatin1String(sample.source),
                                                        QString::fromStdString(writeJson(theirs)),
                                                        QString::fromStdString(writeJson(ours))));
}

void compare(const Report &report, const Reference &reference, const ExpressionSample &sample,
             const std::optional<Value> &theirs)
{
    const Expression expression = take(Expression::compile(sample.source, reference.language));
    const EvaluationContext context = contextFor(reference.language);
    const auto figure
        = [&](const char *what, const std::function<void()> &work, std::optional<double> goal) {
              report({.name = std::string(reference.figures) + sample.name + "_" + what,
                      .value = nanosecondsEach(runs, work) / 1e3,
                      .unit = "us",
                      .better = Figure::Better::Lower,
                      .limit = theirs ? std::optional((*theirs)[what].toDouble()) : std::nullopt,
                      .against = theirs ? reference.against : "",
                      .goal = goal,
                      .runs = runs});
          };
    if (theirs)
        requireSame(sample, take(expression.evaluate(context)), (*theirs)["result"]);
    figure(
        "compile", [&] { keep(take(Expression::compile(sample.source, reference.language))); },
        std::nullopt);
    const auto lead
        = theirs ? std::optional((*theirs)["render"].toDouble() / reference.lead) : std::nullopt;
    figure(
        "render", [&] { keep(take(expression.evaluate(context))); },
        sample.goal ? sample.goal : lead);
}

void run(const Report &report)
{
    for (const Reference &reference : references) {
        const std::optional<Value> theirs = ask(reference);
        if (!theirs)
            std::fprintf(stderr,
                         "stormglass-bench: %s is not installed; its figures have no limit.\n",
                         reference.package);
        std::size_t i = 0;
        for (const ExpressionSample &sample : expressionSamples(reference.language)) {
            compare(report, reference, sample,
                    theirs ? std::optional(theirs->items()[i]) : std::nullopt);
            ++i;
        }
    }
}

const Add add("expressions", "templates compiled and rendered", run);

} // namespace

} // namespace stormglass::bench
