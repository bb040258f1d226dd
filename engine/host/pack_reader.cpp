#include "engine/host/pack_reader.h"

#include "engine/base/thread_name.h"

namespace stormglass {

PackReader::PackReader(const Clock &clock)
    : m_clock(clock)
    , m_thread([this] { run(); })
{
}

PackReader::~PackReader()
{
    m_mailbox.post([this] { m_isStopping = true; });
    m_isStopping = true;
    m_thread.join();
}

void PackReader::read(PackOrder order, Done done)
{
    m_mailbox.post([order = std::move(order), done = std::move(done)] { done(readPack(order)); });
}

void PackReader::run()
{
    nameThisThread(ThreadName::Reader);
    while (!m_isStopping.load()) {
        m_mailbox.wait(m_clock.instant() + std::chrono::hours(1));
        for (const Mailbox::Task &task : m_mailbox.take()) {
            if (m_isStopping.load())
                return;
            task();
        }
    }
}

} // namespace stormglass
