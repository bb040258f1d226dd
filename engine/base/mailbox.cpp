#include "engine/base/mailbox.h"

namespace stormglass {

Mailbox::Mailbox(std::function<void()> waker)
    : m_waker(std::move(waker))
{
}

void Mailbox::post(Task task)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_tasks.empty();
        m_tasks.push_back(std::move(task));
    }
    if (!wasEmpty)
        return;
    if (m_waker)
        m_waker();
    else
        m_posted.notify_one();
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
