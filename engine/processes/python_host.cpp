#include "engine/processes/python_host.h"

#include "engine/base/thread_name.h"
#include "engine/processes/python_run.h"

#include <QLoggingCategory>

#include <algorithm>
#include <map>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(category, "stormglass.engine.processes")

// How long an interpreter whose zygote died without having forked once is run fresh each time.
constexpr auto mistrustTime = 60s;

} // namespace

struct PythonHost::Private
{
    struct Warm
    {
        std::unique_ptr<Zygote> zygote;
        std::size_t jobs = 0;
        bool hasForked = false;
        Reactor::TimerId idling = 0;
    };

    Private(Reactor &loop, Launcher &starter, PythonSettings given)
        : reactor(loop)
        , launcher(starter)
        , settings(std::move(given))
    {
    }

    Reactor &reactor;
    Launcher &launcher;
    PythonSettings settings;
    std::vector<char> buffer = std::vector<char>(64UL * 1024);
    std::map<QString, Warm> interpreters;
    std::map<QString, Reactor::TimerId> mistrusted;
    std::map<JobId, std::unique_ptr<PythonRun>> runs;
    JobId last = 0;

    PythonRun *find(JobId job) const;
    Result<> startForked(JobId id, PythonRun &run, const QString &interpreter);
    Result<Zygote *> warmUp(const QString &interpreter);
    Zygote::Events eventsOf(const QString &interpreter);
    void hasFailed(JobId job);
    void hasDied(const QString &interpreter);
    void release(const Zygote *zygote);
    void forget(JobId job);
};

PythonRun *PythonHost::Private::find(JobId job) const
{
    const auto found = runs.find(job);
    return found == runs.end() ? nullptr : found->second.get();
}

Result<Zygote *> PythonHost::Private::warmUp(const QString &interpreter)
{
    Warm &warm = interpreters[interpreter];
    reactor.cancelTimer(std::exchange(warm.idling, 0));
    if (!warm.zygote) {
        auto zygote = std::make_unique<Zygote>(reactor, launcher, eventsOf(interpreter));
        SG_TRY(zygote->begin(interpreter, settings.library));
        warm.zygote = std::move(zygote);
    }
    return warm.zygote.get();
}

Zygote::Events PythonHost::Private::eventsOf(const QString &interpreter)
{
    return {[this, interpreter](JobId job, qint64 process) {
                interpreters[interpreter].hasForked = true;
                if (PythonRun *const run = find(job))
                    run->forked(process);
            },
            [this](JobId job) { hasFailed(job); },
            [this](JobId job, ProcessExit exit) {
                if (PythonRun *const run = find(job))
                    run->ended(exit);
            },
            [this, interpreter] { hasDied(interpreter); }};
}

void PythonHost::Private::hasFailed(JobId job)
{
    PythonRun *const run = find(job);
    if (!run)
        return;
    release(run->zygote());
    run->startFreshOrFail();
}

// Jobs that it had not forked yet run in an interpreter of their own; the others are orphans from
// now on.
void PythonHost::Private::hasDied(const QString &interpreter)
{
    const auto node = interpreters.extract(interpreter);
    if (node.empty())
        return;
    const Zygote *const dead = node.mapped().zygote.get();
    if (!node.mapped().hasForked && !mistrusted.contains(interpreter)) {
        qCWarning(category).noquote()
            << interpreter << "cannot be kept warm; its actions start slower";
        mistrusted[interpreter]
            = reactor.after(mistrustTime, [this, interpreter] { mistrusted.erase(interpreter); });
    }
    std::vector<JobId> concerned;
    for (const auto &[id, run] : runs) {
        if (run->zygote() == dead)
            concerned.push_back(id);
    }
    for (const JobId id : concerned) {
        PythonRun *const run = find(id);
        if (run && run->isForked())
            run->orphaned();
        else if (run)
            run->startFreshOrFail();
    }
}

void PythonHost::Private::release(const Zygote *zygote)
{
    const auto found
        = std::find_if(interpreters.begin(), interpreters.end(), [zygote](const auto &entry) {
              return zygote && entry.second.zygote.get() == zygote;
          });
    if (found == interpreters.end() || --found->second.jobs > 0)
        return;
    found->second.idling = reactor.after(
        settings.idleTime, [this, interpreter = found->first] { interpreters.erase(interpreter); });
}

void PythonHost::Private::forget(JobId job)
{
    const auto node = runs.extract(job);
    if (!node.empty())
        release(node.mapped()->zygote());
}

Result<> PythonHost::Private::startForked(JobId id, PythonRun &run, const QString &interpreter)
{
    SG_LET(Zygote::Ends ends, run.prepare());
    SG_LET(Zygote *const zygote, warmUp(interpreter));
    ++interpreters[interpreter].jobs;
    run.sendTo(*zygote, id);
    zygote->start(id, std::move(ends));
    return {};
}

PythonHost::PythonHost(Reactor &reactor, Launcher &launcher, PythonSettings settings)
    : m_private(std::make_unique<Private>(reactor, launcher, std::move(settings)))
{
}

PythonHost::~PythonHost()
{
    for (const auto &[interpreter, timer] : m_private->mistrusted)
        m_private->reactor.cancelTimer(timer);
    for (const auto &[interpreter, warm] : m_private->interpreters)
        m_private->reactor.cancelTimer(warm.idling);
    m_private->runs.clear();
    m_private->interpreters.clear();
}

Result<PythonHost::JobId> PythonHost::start(PythonJob job, PythonEvents events)
{
    SG_ON(Io);
    Private &state = *m_private;
    const JobId id = ++state.last;
    const QString interpreter = job.interpreter;
    const bool fresh = job.fresh || state.mistrusted.contains(interpreter);
    auto run = std::make_unique<PythonRun>(
        PythonRun::Surroundings{state.reactor, state.launcher, state.settings.library, state.buffer,
                                [&state, id] { state.forget(id); }},
        std::move(job), std::move(events));
    if (fresh)
        SG_TRY(run->startFresh());
    else
        SG_TRY(state.startForked(id, *run, interpreter));
    state.runs.emplace(id, std::move(run));
    return id;
}

void PythonHost::stop(JobId job, std::chrono::milliseconds grace)
{
    SG_ON(Io);
    if (PythonRun *const run = m_private->find(job))
        run->stop(ProcessExit::Cause::Killed, grace);
}

void PythonHost::coolDown()
{
    SG_ON(Io);
    Private &state = *m_private;
    std::erase_if(state.interpreters, [&state](const auto &entry) {
        if (entry.second.jobs > 0)
            return false;
        state.reactor.cancelTimer(entry.second.idling);
        return true;
    });
}

std::size_t PythonHost::running() const
{
    return m_private->runs.size();
}

} // namespace stormglass
