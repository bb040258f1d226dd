#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

namespace stormglass::bench {

using Seconds = std::chrono::duration<double>;

inline double seconds(std::chrono::steady_clock::duration duration)
{
    return Seconds(duration).count();
}

class Stopwatch
{
public:
    double seconds() const { return bench::seconds(std::chrono::steady_clock::now() - m_began); }

private:
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
};

// A benchmark whose ground gives way has nothing to report.
[[noreturn]] void giveUp(const QString &why);

template <typename T>
T take(Result<T> result)
{
    if (!result)
        giveUp(result.error().message);
    return *std::move(result);
}
inline void check(const Result<> &result)
{
    if (!result)
        giveUp(result.error().message);
}

// Keeps a value from being optimised away.
template <typename T>
void keep(const T &value)
{
    asm volatile("" : : "g"(&value) : "memory");
}

// 0.5 is the median. Sorts a copy.
double quantile(std::vector<double> values, double share);
inline double median(std::vector<double> values)
{
    return quantile(std::move(values), 0.5);
}

// Nanoseconds one call takes: the median over `runs` of loops long enough to be timed.
double nanosecondsEach(int runs, const std::function<void()> &work);

} // namespace stormglass::bench
