#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace stormglass::bench {

// POSTs over connections that stay open, each with one request under way at most.
struct Load
{
    std::uint16_t port = 0;
    std::string path;
    std::string apiKey;
    // Of request `i`, made when it is due.
    std::function<std::string(int)> body;
    int requests = 0;
    int connections = 1;
    // 0: as fast as answers come. Otherwise requests are due at this pace whatever answers do, and
    // their time counts from when they were due.
    double perSecond = 0;
};

struct LoadOutcome
{
    double seconds = 0;
    // From a request to its whole answer, in seconds.
    std::vector<double> answeredAfter = {};
    // Answers that were no success.
    int refused = 0;
};

// Stops the program when a connection fails. On the calling thread.
LoadOutcome apply(const Load &load);

} // namespace stormglass::bench
