#pragma once

#include "engine/base/clock.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace stormglass {

// The one loop of the Io thread: descriptors, alarms, and tasks from other threads. Stands on Asio;
// only reactor/ and http/ see it. Thread: Io, except where said.
class Reactor
{
public:
    using Task = std::function<void()>;
    using TimerId = std::uint64_t;
    using WatchId = std::uint64_t;
    enum class Wants { Read, Write };

    Reactor();
    ~Reactor();
    Reactor(const Reactor &) = delete;

    // Serves until stop(), also one that came before. Names the thread it runs on Io.
    void run();
    // Thread: any.
    void stop();
    // Runs on the Io thread, in order, never inside the caller. Thread: any.
    void post(Task task);

    // Once, not before `delay` has passed. The id is never 0.
    TimerId after(std::chrono::microseconds delay, Task task);
    void cancelTimer(TimerId timer);

    // Calls `ready` whenever the descriptor could be read (or written), until unwatched. Borrows
    // the descriptor: unwatch before closing it. `ready` may unwatch itself. 0 if the system
    // refuses to watch it (out of memory, a regular file).
    WatchId watch(int descriptor, Wants wants, Task ready);
    void unwatch(WatchId watch);

    // For http/ only.
    boost::asio::io_context &context();

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace stormglass
