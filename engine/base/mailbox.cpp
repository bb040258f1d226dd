#include "engine/base/mailbox.h"

namespace stormglass {

Mailbox::Mailbox(std::function<void()> waker)
    : m_waker(std::move(waker))
{
}

void Mailbox::post(Task task)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return;
    m_tasks.push_back(std::move(task));
    if (m_tasks.size() > 1)
        return;
    // Under the lock, so that close() means that no waker runs any more.
    if (m_waker)
        m_waker();
    else
        m_posted.notify_one();
}

void Mailbox::close()
{
    std::vector<Task> dropped;
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_waker = {};
    dropped.swap(m_tasks);
}

std::vector<Mailbox::Task> Mailbox::take()
{
    std::vector<Task> tasks;
    const std::lock_guard lock(m_mutex);
    tasks.swap(m_tasks);
    return tasks;
}

void Mailbox::wait(Instant until)
{
    std::unique_lock lock(m_mutex);
    m_posted.wait_until(lock, until, [this] { return !m_tasks.empty(); });
}

} // namespace stormglass
