#include "engine/sources/pending_events.h"

#include "engine/base/thread_name.h"

#include <deque>

using namespace std::chrono_literals;

namespace stormglass {

class PendingEvents::Queue : public std::enable_shared_from_this<Queue>
{
public:
    Queue(EventSink &sink, Alarms &alarms, std::size_t capacity)
        : m_sink(sink)
        , m_alarms(alarms)
        , m_capacity(capacity)
    {
    }

    void close()
    {
        m_alarms.cancel(std::exchange(m_retry, 0));
        m_entries.clear();
    }

    void put(Event event, Stored stored)
    {
        SG_ON(Io);
        m_entries.push_back({m_nextNumber++, std::move(event), std::move(stored), State::Waiting});
        if (m_retry == 0)
            send(m_entries.back());
    }

    bool isFull() const { return m_entries.size() >= m_capacity; }
    std::size_t count() const { return m_entries.size(); }

    QString trouble;
    std::function<void()> whenRoom;

private:
    enum class State { Waiting, Sent, Done };
    struct Entry
    {
        std::uint64_t number = 0;
        Event event;
        Stored stored;
        State state = State::Waiting;
    };

    void send(Entry &entry)
    {
        entry.state = State::Sent;
        const auto answer = [weak = weak_from_this(), number = entry.number](Result<Id> result) {
            if (const std::shared_ptr<Queue> queue = weak.lock())
                queue->answered(number, std::move(result));
        };
        m_sink.put(entry.event, answer);
    }

    void answered(std::uint64_t number, Result<Id> result)
    {
        SG_ON(Io);
        if (m_entries.empty() || number < m_entries.front().number)
            return;
        Entry &entry = m_entries[number - m_entries.front().number];
        if (!result && !result.error().isRefusal())
            return retryLater(entry, result.error());

        entry.state = State::Done;
        const Stored stored = std::move(entry.stored);
        const bool wasFull = isFull();
        while (!m_entries.empty() && m_entries.front().state == State::Done)
            m_entries.pop_front();
        if (m_retry == 0) {
            m_pause = firstPause;
            trouble.clear();
        }
        // Either call may end this queue.
        const std::shared_ptr<Queue> alive = shared_from_this();
        if (stored)
            stored(result);
        if (wasFull && !isFull() && whenRoom)
            whenRoom();
    }

    void retryLater(Entry &entry, const Error &error)
    {
        entry.state = State::Waiting;
        trouble = error.message;
        if (m_retry != 0)
            return;
        m_retry = m_alarms.after(m_pause, [this] {
            m_retry = 0;
            sendWaiting();
        });
        m_pause = std::min<std::chrono::microseconds>(m_pause * 2, longestPause);
    }

    void sendWaiting()
    {
        // An older event must not put the source's position back behind a newer one that is stored
        // already.
        QString cursor;
        for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
            if (entry->state == State::Done && cursor.isEmpty())
                cursor = entry->event.cursor;
            else if (entry->state == State::Waiting && !cursor.isEmpty())
                entry->event.cursor = cursor;
        }
        for (Entry &entry : m_entries) {
            if (entry.state == State::Waiting)
                send(entry);
        }
    }

    static constexpr std::chrono::microseconds firstPause = 1s;
    static constexpr std::chrono::microseconds longestPause = 60s;

    EventSink &m_sink;
    Alarms &m_alarms;
    std::size_t m_capacity;
    std::uint64_t m_nextNumber = 1;
    // In order of their numbers, without gaps.
    std::deque<Entry> m_entries;
    Alarms::AlarmId m_retry = 0;
    std::chrono::microseconds m_pause = firstPause;
};

PendingEvents::PendingEvents(EventSink &sink, Alarms &alarms, std::size_t capacity)
    : m_queue(std::make_shared<Queue>(sink, alarms, capacity))
{
}

PendingEvents::~PendingEvents()
{
    m_queue->close();
}

void PendingEvents::put(Event event, Stored stored)
{
    m_queue->put(std::move(event), std::move(stored));
}

bool PendingEvents::isFull() const
{
    return m_queue->isFull();
}

std::size_t PendingEvents::count() const
{
    return m_queue->count();
}

QString PendingEvents::trouble() const
{
    return m_queue->trouble;
}

void PendingEvents::whenRoom(std::function<void()> call)
{
    m_queue->whenRoom = std::move(call);
}

} // namespace stormglass
