#include "tests/bench/bench.h"

#include "engine/base/json.h"

#include <algorithm>

namespace stormglass::bench {

namespace {

// Made by the first that asks, since nobody knows which file's Add is made first.
std::vector<Benchmark> &registry()
{
    static std::vector<Benchmark> all;
    return all;
}

Value numberOrNull(const std::optional<double> &number)
{
    return number ? Value(*number) : Value();
}

} // namespace

std::optional<double> Figure::ratio() const
{
    if (!limit || *limit <= 0 || value <= 0)
        return std::nullopt;
    return better == Better::Higher ? value / *limit : *limit / value;
}

std::string Figure::json() const
{
    return writeJson(Value::map({{"name", name},
                                 {"value", value},
                                 {"unit", unit},
                                 {"limit", numberOrNull(limit)},
                                 {"against", against},
                                 {"ratio", numberOrNull(ratio())},
                                 {"goal", numberOrNull(goal)},
                                 {"better", better == Better::Higher ? "higher" : "lower"},
                                 {"runs", runs}}));
}

std::vector<Benchmark> benchmarks()
{
    std::vector<Benchmark> all = registry();
    std::sort(all.begin(), all.end(),
              [](const Benchmark &a, const Benchmark &b) { return a.name < b.name; });
    return all;
}

Add::Add(std::string name, std::string about, Run run)
{
    registry().push_back({std::move(name), std::move(about), std::move(run)});
}

} // namespace stormglass::bench
