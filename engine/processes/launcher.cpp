#include "engine/processes/launcher.h"

#include "engine/base/thread_name.h"
#include "engine/processes/child.h"

#include <algorithm>
#include <csignal>
#include <unordered_map>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t chunkSize = 64UL * 1024;

} // namespace

struct Launcher::Private
{
    explicit Private(Reactor &theReactor)
        : reactor(theReactor)
    {
    }

    Reactor &reactor;
    std::vector<char> buffer = std::vector<char>(chunkSize);
    std::unordered_map<ProcessHandle, std::unique_ptr<Child>> children;
    ProcessHandle last = 0;

    // The child of a handle, while it runs.
    Child *find(ProcessHandle handle) const
    {
        const auto found = children.find(handle);
        return found == children.end() || found->second->isReported() ? nullptr
                                                                      : found->second.get();
    }
};

Launcher::Launcher(Reactor &reactor)
    : m_private(std::make_unique<Private>(reactor))
{
    signal(SIGPIPE, SIG_IGN);
}

Launcher::~Launcher() = default;

Result<Launcher::Started> Launcher::start(ProcessSpec spec, ProcessEvents events)
{
    SG_ON(Io);
    SG_LET(Spawned spawned, spawn(spec));
    const ProcessHandle handle = ++m_private->last;
    const Started started{handle, spawned.process, spawned.startTicks};
    Private &state = *m_private;
    auto child = std::make_unique<Child>(
        Child::Surroundings{state.reactor, state.buffer,
                            [&state, handle] { state.children.erase(handle); }},
        std::move(spawned), std::move(spec), std::move(events));
    if (!child->begin())
        return failure(ErrorCode::Unavailable,
                       u"the system is out of memory for watching processes"_s);
    state.children.emplace(handle, std::move(child));
    return started;
}

Result<> Launcher::write(ProcessHandle handle, const QByteArray &data)
{
    SG_ON(Io);
    Child *const child = m_private->find(handle);
    if (!child)
        return failure(ErrorCode::NotFound, u"the process has ended"_s);
    return child->write(data);
}

void Launcher::closeInput(ProcessHandle handle)
{
    SG_ON(Io);
    if (Child *const child = m_private->find(handle))
        child->closeInput();
}

void Launcher::hold(ProcessHandle handle, OutputStream stream)
{
    SG_ON(Io);
    if (Child *const child = m_private->find(handle))
        child->streams().hold(stream);
}

void Launcher::release(ProcessHandle handle, OutputStream stream)
{
    SG_ON(Io);
    if (Child *const child = m_private->find(handle))
        child->streams().release(stream);
}

void Launcher::stop(ProcessHandle handle, std::chrono::milliseconds grace)
{
    SG_ON(Io);
    if (Child *const child = m_private->find(handle))
        child->stop(ProcessExit::Cause::Killed, grace);
}

std::size_t Launcher::running() const
{
    const auto &children = m_private->children;
    return std::size_t(std::count_if(children.begin(), children.end(), [](const auto &entry) {
        return !entry.second->isReported();
    }));
}

} // namespace stormglass
