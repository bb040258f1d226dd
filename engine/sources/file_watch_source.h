#pragma once

#include "engine/sources/file_notices.h"
#include "engine/sources/file_watch.h"
#include "engine/sources/pending_events.h"
#include "engine/sources/source_positions.h"

#include <map>
#include <memory>

namespace stormglass {

// Raises an event for each new line of the files that triggers of type linux.file_watch.line name.
// The place in the file is stored with each event, so a restart neither loses nor repeats a line.
// Lines without UTF-8 are made valid, lines beyond 64 KiB cut. A file that grows faster than its
// events are stored is read no faster. Thread: Io.
class FileWatchSource
{
public:
    struct Surroundings
    {
        const Clock &clock;
        Alarms &alarms;
        EventSink &sink;
        SourcePositions &positions;
        FileNotices &notices;
    };

    // Borrows its surroundings for its life. Relative paths are meant from `folder`.
    FileWatchSource(Surroundings surroundings, QString folder);
    ~FileWatchSource();
    FileWatchSource(const FileWatchSource &) = delete;

    // Begins to follow, or takes a change. One with unchanged parameters goes on as it was.
    void set(const FileWatchSpec &spec);
    // The trigger is gone for good, and with it the place in the file.
    void remove(const Id &trigger);

    // In no order.
    std::vector<FileWatchState> states() const;

private:
    class Watch;

    void setAlarm();
    void lookAtAll();

    Surroundings m_surroundings;
    QString m_folder;
    std::map<Id, std::unique_ptr<Watch>> m_watches;
    Alarms::AlarmId m_alarm = 0;
};

} // namespace stormglass
