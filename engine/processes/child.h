#pragma once

#include "engine/processes/output_streams.h"
#include "engine/processes/process.h"
#include "engine/processes/spawn.h"
#include "engine/reactor/reactor.h"

#include <optional>

namespace stormglass {

// One process from its start to the report of its exit: its streams, its limits, its end.
// Thread: Io.
class Child
{
public:
    struct Surroundings
    {
        Reactor &reactor;
        // Where chunks are read before they are handed on; shared by all children.
        std::span<char> buffer;
        // Destroys the child.
        std::function<void()> ended;
    };

    Child(Surroundings surroundings, Spawned spawned, ProcessSpec spec, ProcessEvents events);
    // Kills it if it still runs, without a report.
    ~Child();
    Child(const Child &) = delete;

    // False if the system cannot watch it (out of memory): then destroy it.
    bool begin();
    Result<> write(const QByteArray &data);
    void closeInput();
    OutputStreams &streams() { return m_streams; }
    void stop(ProcessExit::Cause cause, std::chrono::milliseconds grace);
    // Its exit was reported, though it may still be there.
    bool isReported() const { return m_reported; }

private:
    void flushInput();
    bool sendSignal(int number);
    void killGroup();
    void hasExited();
    void finishIfDone();
    void report();
    void finish();
    void cancel(Reactor::TimerId &timer);

    Surroundings m_surroundings;
    pid_t m_process = 0;
    Descriptor m_handle;
    Reactor::WatchId m_handleWatch = 0;
    Descriptor m_input;
    QByteArray m_unwritten;
    bool m_keepInputOpen = false;
    Reactor::WatchId m_inputWatch = 0;
    OutputStreams m_streams;
    std::chrono::milliseconds m_timeLimit{0};
    std::chrono::milliseconds m_grace{0};
    Reactor::TimerId m_timeout = 0;
    Reactor::TimerId m_killing = 0;
    Reactor::TimerId m_lingering = 0;
    // Why it was asked to end, if it was.
    std::optional<ProcessExit::Cause> m_stopped;
    std::optional<ProcessExit> m_exit;
    bool m_reported = false;
    std::function<void(ProcessExit)> m_exited;
};

} // namespace stormglass
