#include "engine/base/thread_name.h"

#include <pthread.h>

namespace stormglass {

namespace {

thread_local ThreadName current = ThreadName::None;

const char *label(ThreadName name)
{
    switch (name) {
    case ThreadName::None: return "sg-none";
    case ThreadName::Main: return "sg-main";
    case ThreadName::Engine: return "sg-engine";
    case ThreadName::Io: return "sg-io";
    case ThreadName::Reader: return "sg-reader";
    }
    return "sg";
}

} // namespace

void nameThisThread(ThreadName name)
{
    current = name;
    // The main thread's name is the program's name in every process list: leave it.
    if (name != ThreadName::Main && name != ThreadName::None)
        pthread_setname_np(pthread_self(), label(name));
}

ThreadName thisThread()
{
    return current;
}

} // namespace stormglass
