#pragma once

#include "engine/base/value.h"
#include "engine/processes/descriptor.h"
#include "engine/processes/launcher.h"

#include <array>
#include <deque>

namespace stormglass {

// A warm Python interpreter that forks one process per job; what is said to it and heard from it.
// The protocol is in resources/python/README.md. Thread: Io.
class Zygote
{
public:
    using JobId = std::uint64_t;
    // Channel, standard output and standard error of a job: the ends that it gets.
    using Ends = std::array<Descriptor, 3>;

    struct Events
    {
        std::function<void(JobId, qint64 process)> started;
        std::function<void(JobId)> failed;
        // `code` is the exit status, or the signal's number.
        std::function<void(JobId, ProcessExit)> ended;
        // Once; nothing follows. May destroy this.
        std::function<void()> died;
    };

    Zygote(Reactor &reactor, Launcher &launcher, Events events);
    // Lets the process end; jobs that run are left alone.
    ~Zygote();
    Zygote(const Zygote &) = delete;

    Result<> begin(const QString &interpreter, const QString &library);
    void start(JobId job, Ends ends);
    // True if the job was not sent yet and now never will be.
    bool withdraw(JobId job);
    void sendSignal(JobId job, int number);
    // For one that does not answer any more.
    void kill();

private:
    struct Message
    {
        QByteArray text;
        JobId start = 0;
        Ends ends;
    };
    enum class Sent { Yes, Later, Never };

    void enqueue(Message message);
    void flush();
    Sent send(Message &message);
    void hear();
    void take(const Value &message);
    void die();

    Reactor &m_reactor;
    Launcher &m_launcher;
    Events m_events;
    ProcessHandle m_process = 0;
    Descriptor m_control;
    Reactor::WatchId m_reading = 0;
    Reactor::WatchId m_writing = 0;
    Reactor::TimerId m_retrying = 0;
    std::deque<Message> m_waiting;
    // Set while this lives, for callbacks of the launcher that outlive it. Shared with them only.
    std::shared_ptr<Zygote *> m_self = std::make_shared<Zygote *>(this);
};

} // namespace stormglass
