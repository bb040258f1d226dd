#pragma once

#include "engine/base/assert.h"

namespace stormglass {

// The threads of ARCHITECTURE section 6. A thread without a name (a test's) may do anything.
enum class ThreadName { None, Main, Engine, Io, Reader };

void nameThisThread(ThreadName name);
ThreadName thisThread();

} // namespace stormglass

// Stops the program if this runs on another named thread than the one that owns it.
#define SG_ON(name)                                                                                \
    SG_ASSERT(::stormglass::thisThread() == ::stormglass::ThreadName::None                         \
              || ::stormglass::thisThread() == ::stormglass::ThreadName::name)
