#pragma once

#include "engine/base/mailbox.h"
#include "engine/pipeline/intake.h"
#include "engine/reactor/reactor.h"
#include "engine/sources/event_sink.h"
#include "engine/sources/source_positions.h"

#include <functional>

namespace stormglass {

// What sources put, on its way from their thread to the engine's, and the acknowledgements on their
// way back. Thread: any.
class EngineEvents final : public SourcePositions
{
public:
    using Stored = std::function<void(Result<Id>)>;

    // What the engine's thread does with each.
    struct Handlers
    {
        std::function<void(Event, PayloadCheck, Stored)> take;
        std::function<void(const QString &source, const QString &cursor)> keep;
    };

    // Borrows both for its life; the handlers come before the first event.
    EngineEvents(Mailbox &engine, Reactor &io);
    void setHandlers(Handlers handlers) { m_handlers = std::move(handlers); }

    // For what packs' code raises, and for what the engine itself does.
    EventSink &checked() { return m_checked; }
    EventSink &trusted() { return m_trusted; }

    void keep(const QString &source, const QString &cursor) override;
    void forget(const QString &source) override { keep(source, QString()); }

private:
    class Sink final : public EventSink
    {
    public:
        Sink(EngineEvents &events, PayloadCheck check)
            : m_events(events)
            , m_check(check)
        {
        }
        void put(Event event, Stored stored) override
        {
            m_events.put(std::move(event), m_check, std::move(stored));
        }

    private:
        EngineEvents &m_events;
        PayloadCheck m_check;
    };

    void put(Event event, PayloadCheck check, Stored stored);

    Mailbox &m_engine;
    Reactor &m_io;
    Handlers m_handlers;
    Sink m_checked;
    Sink m_trusted;
};

} // namespace stormglass
