#include "tests/bench/bench.h"
#include "tests/bench/raw_process.h"
#include "tests/bench/running_engine.h"

#include <semaphore>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int warmUps = 10;
constexpr int actions = 200;

// One after the other, from the request to the change that says it succeeded.
std::vector<double> warmTimes()
{
    RunningEngine running;
    std::counting_semaphore<actions + warmUps> succeeded(0);
    const auto follower
        = running.engine().feed().follow(std::nullopt, [&](const std::vector<Change> &changes) {
              for (const Change &change : changes) {
                  if (change.event == u"st2.execution__update"
                      && change.payload["status"] == Value("succeeded"))
                      succeeded.release();
              }
          });
    std::vector<double> times;
    for (int i = 0; i < warmUps + actions; ++i) {
        const Stopwatch watch;
        running.call(
            Verb::Post, u"/api/v1/executions"_s,
            Value::map({{"action", "bench.echo"}, {"parameters", Value::map({{"number", i}})}}));
        if (!succeeded.try_acquire_for(std::chrono::seconds(20)))
            giveUp(u"A Python action did not succeed."_s);
        if (i >= warmUps)
            times.push_back(watch.seconds() * 1e3);
    }
    running.engine().feed().unfollow(follower);
    return times;
}

void run(const Report &report)
{
    const std::vector<double> fresh = processTimes({"python3", "-c", "pass"}, 50);
    const std::vector<double> warm = warmTimes();
    const auto figure = [&](const char *name, double share, std::optional<double> goal) {
        report({.name = name,
                .value = quantile(warm, share),
                .unit = "ms",
                .better = Figure::Better::Lower,
                .limit = quantile(fresh, share) * 1e3,
                .against = "a fresh interpreter that does nothing",
                .goal = goal,
                .runs = actions});
    };
    figure("python.warm_p50", 0.5, 5);
    figure("python.warm_p99", 0.99, {});
}

const Add add("python", "a Python action, warm, from request to result", run);

} // namespace

} // namespace stormglass::bench
