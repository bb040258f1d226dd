#pragma once

#include "engine/sources/alarms.h"
#include "engine/sources/event_sink.h"

#include <memory>

namespace stormglass {

// What a source has put into the sink and what is not stored yet. An event that met trouble (a full
// disk) is put again, with growing pauses, before any newer one goes out; only a refusal ends it
// unstored. Bounded: a source that finds it full stops reading until there is room. Thread: Io.
class PendingEvents
{
public:
    // Once for each event, never inside put(): its id, or why it was refused.
    using Stored = std::function<void(const Result<Id> &)>;

    // Borrows both for its life.
    PendingEvents(EventSink &sink, Alarms &alarms, std::size_t capacity);
    // What is still on its way is forgotten here; the sink may store it yet.
    ~PendingEvents();

    void put(Event event, Stored stored = {});

    bool isFull() const;
    std::size_t count() const;
    // Why the oldest event is not stored yet, if it is for trouble.
    QString trouble() const;

    // Called when it was full and has room again.
    void whenRoom(std::function<void()> call);

private:
    class Queue;
    // Shared with the answers that are on their way, which may come after the source is gone.
    std::shared_ptr<Queue> m_queue;
};

} // namespace stormglass
