#pragma once

#include "tests/bench/measuring.h"

#include <string>
#include <sys/types.h>

namespace stormglass::bench {

// Programs started through the system alone; the limit of what an engine that starts them can do.
// Not while an engine runs in this process: it waits for any child.

// Starts by posix_spawn; `output` becomes its standard output, or /dev/null if negative.
pid_t startProcess(const std::vector<std::string> &command, int output = -1);

struct Ended
{
    int status = 0;
    // Most memory it had, in bytes.
    double memory = 0;
};
Ended waitFor(pid_t process);

// So many a second, with so many at once.
double processesPerSecond(const std::vector<std::string> &command, int count, int atOnce);
// How long one takes from start to end, in seconds, one after the other.
std::vector<double> processTimes(const std::vector<std::string> &command, int count);

// Resident now, in bytes.
double residentMemory(pid_t process);

} // namespace stormglass::bench
