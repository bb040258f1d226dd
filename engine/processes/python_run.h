#pragma once

#include "engine/processes/job_channel.h"
#include "engine/processes/output_streams.h"
#include "engine/processes/python_host.h"
#include "engine/processes/zygote.h"

namespace stormglass {

// One Python job from its start to the report of its exit, whichever way it runs. A fresh one is
// the launcher's, and this only listens; a forked one is the zygote's child, and this does what the
// launcher would. Thread: Io.
class PythonRun
{
public:
    struct Surroundings
    {
        Reactor &reactor;
        Launcher &launcher;
        const QString &library;
        std::span<char> buffer;
        // Destroys the run.
        std::function<void()> done;
    };

    PythonRun(Surroundings surroundings, PythonJob job, PythonEvents events);
    // Kills it if it still runs, without a report.
    ~PythonRun();
    PythonRun(const PythonRun &) = delete;

    // To be forked: the ends to send to the zygote.
    Result<Zygote::Ends> prepare();
    // To be run by an interpreter of its own, now or after all.
    Result<> startFresh();
    void startFreshOrFail();

    void sendTo(Zygote &zygote, Zygote::JobId id);
    void forked(qint64 process);
    void ended(ProcessExit exit);
    // Its zygote is gone: nobody will say how it ended.
    void orphaned();
    bool isForked() const { return m_process != 0; }
    bool isFresh() const { return m_fresh != 0; }
    Zygote *zygote() const { return m_zygote; }

    void stop(ProcessExit::Cause cause, std::chrono::milliseconds grace);

private:
    Result<Descriptor> makeChannel();
    ProcessEvents freshEvents();
    void limitTime();
    void sendSignal(int number);
    void signalOrphan(int number) const;
    void kill();
    void finishIfDone();
    void finish(ProcessExit exit);

    Surroundings m_surroundings;
    PythonJob m_job;
    PythonEvents m_events;
    std::unique_ptr<JobChannel> m_channel;
    OutputStreams m_streams;
    ProcessHandle m_fresh = 0;
    // Borrowed from the host, which says when it is gone.
    Zygote *m_zygote = nullptr;
    Zygote::JobId m_id = 0;
    qint64 m_process = 0;
    std::uint64_t m_startTicks = 0;
    bool m_orphaned = false;
    bool m_killed = false;
    Reactor::TimerId m_timeout = 0;
    Reactor::TimerId m_killing = 0;
    Reactor::TimerId m_lingering = 0;
    std::optional<ProcessExit::Cause> m_stopped;
    std::optional<ProcessExit> m_exit;
    // Set while this lives, for callbacks of the launcher that outlive it. Shared with them only.
    std::shared_ptr<PythonRun *> m_self = std::make_shared<PythonRun *>(this);
};

} // namespace stormglass
