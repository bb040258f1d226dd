#pragma once

#include "engine/processes/process.h"
#include "engine/reactor/reactor.h"

#include <memory>

namespace stormglass {

// Starts child processes by posix_spawn, each in a session and process group of its own, and
// watches them through pidfds. Writing to one that closed its input must not end the program, so
// SIGPIPE is ignored from here on. Thread: Io.
class Launcher
{
public:
    explicit Launcher(Reactor &reactor);
    // Kills what still runs. Not from within an event.
    ~Launcher();

    struct Started
    {
        ProcessHandle handle = 0;
        qint64 process = 0;
        // As processStartTicks gives it.
        std::uint64_t startTicks = 0;
    };
    // NotFound, Denied, Invalid or Unavailable with the system's reason if it cannot start; then no
    // event follows.
    Result<Started> start(ProcessSpec spec, ProcessEvents events);

    // Appends to the input of a process that keeps it open: Unavailable when the child has left 4
    // MiB unread, NotFound when its input is closed or it has ended.
    Result<> write(ProcessHandle handle, const QByteArray &data);
    void closeInput(ProcessHandle handle);

    // Reads no more from one of its streams until it is released; what was read already may still
    // arrive. The process has to wait once the pipe is full.
    void hold(ProcessHandle handle, OutputStream stream);
    void release(ProcessHandle handle, OutputStream stream);

    // Asks the process group to end (SIGTERM) and kills it after `grace`; zero kills at once. What
    // is left of the group when its first process has ended is killed.
    void stop(ProcessHandle handle, std::chrono::milliseconds grace);

    std::size_t running() const;

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

// The start time of a process in clock ticks since boot, which with its number names it for good; 0
// if there is none. Thread: any.
std::uint64_t processStartTicks(qint64 process);
// Kills the process group of a process that a former run of the engine started and nobody watches
// any more; tells whether it was still there. Thread: any.
bool killLeftOver(qint64 process, std::uint64_t startTicks);

} // namespace stormglass
