#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <optional>

namespace stormglass {

// A file that is followed, at this moment, for those who show it.
struct FileWatchState
{
    // Waiting: the file is not there yet.
    enum class Kind { Waiting, Following, Failed };

    Id trigger;
    Ref ref;
    QString path;
    Kind kind = Kind::Waiting;
    // Why it failed.
    QString fault;
    // Since the program was started.
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
Value toJson(const FileWatchState &state);

} // namespace stormglass
