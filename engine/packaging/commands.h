#pragma once

#include "engine/processes/process.h"

#include <QStringList>

#include <map>
#include <memory>
#include <optional>

namespace stormglass {

using CommandId = std::uint64_t;

// How a command ended, and what it wrote.
struct CommandEnd
{
    ProcessExit exit;
    // Its standard output, up to a limit.
    QByteArray output;
    // The last lines of both streams, as a person would read them.
    QStringList lastLines;

    bool succeeded() const { return exit.cause == ProcessExit::Cause::Exited && exit.code == 0; }
};

// What is heard of a command on its way from the Io thread to the engine's.
struct CommandNews
{
    CommandId command = 0;
    // The latest line it wrote; a moment passes between two of them.
    QString line = {};
    // The last news.
    std::optional<Result<CommandEnd>> end = {};
};

// Child processes as an operation sees them: started with a value, heard of on the engine's thread.
// Thread: engine.
class Commands
{
public:
    // Both hand over to the Io thread.
    struct Outward
    {
        std::function<void(CommandId, ProcessSpec)> start;
        std::function<void(CommandId)> stop;
    };
    struct Heard
    {
        std::function<void(const QString &)> line;
        // Once, last.
        std::function<void(Result<CommandEnd>)> ended;
    };

    explicit Commands(Outward outward);

    CommandId run(ProcessSpec spec, Heard heard);
    // `ended` follows, with a cause of Killed.
    void stop(CommandId command);
    // What came from the Io thread.
    void take(CommandNews news);

private:
    Outward m_outward;
    std::map<CommandId, Heard> m_running;
    CommandId m_last = 0;
};

} // namespace stormglass
