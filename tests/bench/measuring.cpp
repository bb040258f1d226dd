#include "tests/bench/measuring.h"

#include <QString>

#include <algorithm>

namespace stormglass::bench {

namespace {

constexpr double longEnough = 0.05;

double secondsFor(std::int64_t times, const std::function<void()> &work)
{
    const Stopwatch watch;
    for (std::int64_t i = 0; i < times; ++i)
        work();
    return watch.seconds();
}

} // namespace

void giveUp(const QString &why)
{
    std::fprintf(stderr, "stormglass-bench: %s\n", qPrintable(why));
    std::exit(1);
}

double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto last = static_cast<double>(values.size() - 1);
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * last + 0.5);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

double nanosecondsEach(int runs, const std::function<void()> &work)
{
    std::int64_t times = 1;
    while (secondsFor(times, work) < longEnough)
        times *= 2;
    std::vector<double> found;
    for (int run = 0; run < runs; ++run)
        found.push_back(secondsFor(times, work) * 1e9 / static_cast<double>(times));
    return median(std::move(found));
}

} // namespace stormglass::bench
