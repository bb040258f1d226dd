#pragma once

#include "engine/model/file_watch_state.h"
#include "engine/model/trigger.h"

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

} // namespace stormglass
