#include "tests/bench/bench.h"
#include "tests/bench/raw_process.h"
#include "tests/bench/raw_sqlite.h"
#include "tests/bench/running_engine.h"

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int runs = 3;
constexpr int noops = 5'000;
constexpr int commands = 1'000;

Value noop()
{
    return Value::map({{"action", "core.noop"}});
}

Value shellTrue()
{
    return Value::map({{"action", "core.local"}, {"parameters", Value::map({{"cmd", "true"}})}});
}

// Executions requested and succeeded a second.
std::vector<double> rates(int count, int inFlight, const Value &request)
{
    RunningEngine running;
    std::vector<double> found;
    for (int run = 1; run <= runs; ++run) {
        const Stopwatch watch;
        running.callOften(count, inFlight, [&](int) {
            return running.ownerRequest(Verb::Post, u"/api/v1/executions"_s, request);
        });
        running.waitUntil([&] { return running.succeeded() == std::int64_t(count) * run; });
        found.push_back(count / watch.seconds());
    }
    return found;
}

void runNoop(const Report &report)
{
    std::vector<double> limits;
    for (int run = 0; run < runs; ++run)
        limits.push_back(rawRowLivesPerSecond(noops * 2));
    report({.name = "noop.executions",
            .value = median(rates(noops, 1'000, noop())),
            .unit = "executions/s",
            .limit = median(limits),
            .against = "rows/s through four states and a result in SQLite alone, 100 a commit",
            .goal = 5'000,
            .runs = runs});
}

void runShell(const Report &report)
{
    std::vector<double> limits;
    for (int run = 0; run < runs; ++run)
        limits.push_back(
            processesPerSecond({"/bin/sh", "-c", "true"}, commands, Settings().runnerSlots));
    const double limit = median(limits);
    report({.name = "shell.actions",
            .value = median(rates(commands, commands, shellTrue())),
            .unit = "actions/s",
            .limit = limit,
            .against = "posix_spawn of /bin/sh -c true, as many at once",
            .goal = limit * 0.75,
            .runs = runs});
}

const Add addNoop("noop", "executions of core.noop from request to recorded result", runNoop);
const Add addShell("shell", "executions of core.local with cmd: true", runShell);

} // namespace

} // namespace stormglass::bench
