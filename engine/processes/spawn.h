#pragma once

#include "engine/processes/descriptor.h"
#include "engine/processes/process.h"

#include <sys/types.h>

namespace stormglass {

// A child that was just started, and our ends of its streams, which do not block. `input` is open
// only if something may be written to it, `channel` only if it was asked for.
struct Spawned
{
    pid_t process = 0;
    // As processStartTicks gives it.
    std::uint64_t startTicks = 0;
    Descriptor watch;
    Descriptor input;
    Descriptor output;
    Descriptor error;
    Descriptor channel;
};

// posix_spawn with everything a child of ours needs: a session of its own, no signal blocked or
// ignored, no descriptor but those it is meant to have. Never fork, which costs a large parent
// dearly. Thread: any.
Result<Spawned> spawn(const ProcessSpec &spec);

} // namespace stormglass
