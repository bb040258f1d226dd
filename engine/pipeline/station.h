#pragma once

#include "engine/base/result.h"
#include "engine/bus/message_bus.h"

#include <vector>

namespace stormglass {

// One step of the path (ARCHITECTURE section 4): takes rows in one state and leaves rows in the
// next. Never calls another station. Runs within a savepoint that the pipeline opens and keeps.
// Thread: engine.
class Station
{
public:
    virtual ~Station() = default;

    virtual Topic takes() const = 0;
    // The good path. Taking the same row twice does nothing the second time.
    virtual Result<> take(const Id &id) = 0;
    // What to leave when `take` was refused, or failed too often: the row with the error as its
    // reason.
    virtual Result<> fail(const Id &id, const Error &error) = 0;
    // Rows that wait in the input state, oldest first: what a sweep takes.
    virtual Result<std::vector<Id>> waiting(int most) = 0;
};

} // namespace stormglass
