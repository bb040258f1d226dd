#include "engine/host/pack_reader.h"

#include "engine/base/thread_name.h"

#include <algorithm>

namespace stormglass {

PackReader::PackReader(const Clock &clock)
    : m_clock(clock)
{
    for (Worker &worker : m_workers)
        worker.thread = std::thread([this, &worker] { run(worker); });
}

PackReader::~PackReader()
{
    m_isStopping = true;
    for (Worker &worker : m_workers)
        worker.mailbox.post([] {});
    for (Worker &worker : m_workers)
        worker.thread.join();
}

void PackReader::read(PackOrder order, Done done)
{
    Worker &worker = *std::min_element(
        m_workers.begin(), m_workers.end(),
        [](const Worker &a, const Worker &b) { return a.waiting.load() < b.waiting.load(); });
    ++worker.waiting;
    worker.mailbox.post([&worker, order = std::move(order), done = std::move(done)] {
        ReadPack pack = readPack(order);
        --worker.waiting;
        done(std::move(pack));
    });
}

void PackReader::run(Worker &worker)
{
    nameThisThread(ThreadName::Reader);
    while (!m_isStopping.load()) {
        worker.mailbox.wait(m_clock.instant() + std::chrono::hours(1));
        for (const Mailbox::Task &task : worker.mailbox.take()) {
            if (m_isStopping.load())
                return;
            task();
        }
    }
}

} // namespace stormglass
