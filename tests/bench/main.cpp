#include "tests/bench/bench.h"

#include "engine/base/thread_name.h"

#include <QCoreApplication>

#include <algorithm>
#include <csignal>
#include <cstdio>

using namespace stormglass;
using namespace stormglass::bench;

namespace {

int usage()
{
    std::fprintf(stderr, "usage: stormglass-bench --list | all | NAME...\n");
    return 2;
}

int list()
{
    for (const Benchmark &one : benchmarks())
        std::printf("%s\n", one.name.c_str());
    return 0;
}

void print(const Figure &figure)
{
    std::printf("%s\n", figure.json().c_str());
    std::fflush(stdout);
}

int runNamed(const std::vector<std::string> &names)
{
    const std::vector<Benchmark> all = benchmarks();
    std::vector<Benchmark> chosen;
    for (const std::string &name : names) {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const Benchmark &one) { return one.name == name; });
        if (found == all.end()) {
            std::fprintf(stderr, "stormglass-bench: there is no benchmark %s; --list names them.\n",
                         name.c_str());
            return 2;
        }
        chosen.push_back(*found);
    }
    for (const Benchmark &one : chosen) {
        std::fprintf(stderr, "%s: %s\n", one.name.c_str(), one.about.c_str());
        one.run(print);
    }
    return 0;
}

} // namespace

int main(int count, char **arguments)
{
    // A peer that goes is an error of the call, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication application(count, arguments);
    const std::vector<std::string> given(arguments + 1, arguments + count);
    if (given.empty())
        return usage();
    if (given.front() == "--list")
        return list();
    if (given.front() != "all")
        return runNamed(given);
    std::vector<std::string> names;
    for (const Benchmark &one : benchmarks())
        names.push_back(one.name);
    return runNamed(names);
}
