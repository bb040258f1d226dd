#pragma once

#include "engine/base/clock.h"
#include "engine/model/trigger.h"

#include <optional>

namespace stormglass {

// `linux.file_watch.line`: one event for each new line of a file.
bool isFileWatch(const Ref &triggerType);

// A file to follow, as rules ask for it.
struct FileWatchSpec
{
    // Its parameter `file_path` says which file.
    Trigger trigger;
    // How far it had come, as kept under fileWatchSource(trigger.id); empty for a new one.
    QString cursor;
};

// Under which name events and positions of a file watch are kept.
QString fileWatchSource(const Id &trigger);

// A file watch at this moment, for those who show it.
struct FileWatchState
{
    enum class Kind { Waiting, Following, Failed };

    Id trigger;
    Ref ref;
    QString path;
    Kind kind = Kind::Waiting;
    // Why it failed.
    QString fault;
    std::int64_t lines = 0;
    // Refused by the engine, for their payload or a trigger that is gone.
    std::int64_t refused = 0;
    // In the file, not read yet.
    std::int64_t bytesBehind = 0;
    // Read, not stored yet.
    std::int64_t pending = 0;
    std::optional<Timestamp> lastLine;

    friend bool operator==(const FileWatchState &, const FileWatchState &) = default;
};

QString toText(FileWatchState::Kind kind);

} // namespace stormglass
