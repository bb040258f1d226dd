#include "engine/http/io_mailbox.h"

namespace stormglass {

IoMailbox::IoMailbox(Reactor &reactor, std::function<void()> afterBatch)
    : m_reactor(reactor)
    , m_afterBatch(std::move(afterBatch))
    , m_mailbox([this] {
        m_reactor.post([weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->drain();
        });
    })
{
}

void IoMailbox::post(Mailbox::Task task)
{
    m_mailbox.post(std::move(task));
}

void IoMailbox::close()
{
    m_isClosed = true;
}

void IoMailbox::drain()
{
    if (m_isClosed)
        return;
    for (const Mailbox::Task &task : m_mailbox.take())
        task();
    m_afterBatch();
}

} // namespace stormglass
