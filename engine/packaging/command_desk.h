#pragma once

#include "engine/packaging/commands.h"
#include "engine/processes/launcher.h"

#include <map>

namespace stormglass {

// Runs the commands of operations: one process each, its output kept within bounds. Thread: Io.
class CommandDesk
{
public:
    // `tell` hands over to the engine's mailbox.
    CommandDesk(const Clock &clock, Launcher &launcher, std::function<void(CommandNews)> tell);

    void start(CommandId command, ProcessSpec spec);
    void stop(CommandId command);
    // None is started any more, and those that run are asked to end.
    void close();

private:
    struct Run
    {
        ProcessHandle process = 0;
        CommandEnd end = {};
        // Of the line that is not complete yet, a stream.
        QByteArray partial[2] = {};
        Instant told = {};
    };

    void take(CommandId command, OutputStream stream, const QByteArray &data);
    void takeLine(CommandId command, Run &run, const QByteArray &line);
    void finish(CommandId command, const ProcessExit &exit);

    const Clock &m_clock;
    Launcher &m_launcher;
    std::function<void(CommandNews)> m_tell;
    std::map<CommandId, Run> m_runs;
    bool m_isClosed = false;
};

} // namespace stormglass
