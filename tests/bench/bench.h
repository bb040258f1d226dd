#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace stormglass::bench {

// One number that a benchmark found, beside the limit it is held against. Both are medians of the
// same run.
struct Figure
{
    enum class Better { Higher, Lower };

    std::string name;
    double value = 0;
    std::string unit;
    Better better = Better::Higher;
    // What the machine did with the least that could serve the purpose; none where nothing such
    // exists.
    std::optional<double> limit = {};
    std::string against = {};
    // What the project has set itself.
    std::optional<double> goal = {};
    // How often it was measured.
    int runs = 1;

    // 1 is the limit itself, 0.5 half as good, 2 twice as good.
    std::optional<double> ratio() const;
    // One line.
    std::string json() const;
};

using Report = std::function<void(const Figure &)>;
using Run = std::function<void(const Report &)>;

struct Benchmark
{
    std::string name;
    std::string about;
    Run run;
};

// In the order of their names.
std::vector<Benchmark> benchmarks();

// A benchmark's file holds one of these at namespace level.
struct Add
{
    Add(std::string name, std::string about, Run run);
};

} // namespace stormglass::bench
