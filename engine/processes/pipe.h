#pragma once

#include "engine/base/result.h"
#include "engine/processes/descriptor.h"

namespace stormglass {

// Both ends are closed in a child unless handed over; reading does not block.
struct Pipe
{
    Descriptor reader;
    Descriptor writer;
};

Result<Pipe> makePipe();

} // namespace stormglass
