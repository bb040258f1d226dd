#include "engine/host/engine_events.h"

namespace stormglass {

EngineEvents::EngineEvents(Mailbox &engine, Reactor &io)
    : m_engine(engine)
    , m_io(io)
    , m_checked(*this, PayloadCheck::Checked)
    , m_trusted(*this, PayloadCheck::Trusted)
{
}

void EngineEvents::put(Event event, PayloadCheck check, Stored stored)
{
    m_engine.post([this, event = std::move(event), check, stored = std::move(stored)] {
        m_handlers.take(event, check, [this, stored](Result<Id> result) {
            if (stored)
                m_io.post([stored, result = std::move(result)] { stored(result); });
        });
    });
}

void EngineEvents::keep(const QString &source, const QString &cursor)
{
    m_engine.post([this, source, cursor] { m_handlers.keep(source, cursor); });
}

} // namespace stormglass
