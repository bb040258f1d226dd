#pragma once

#include "engine/base/clock.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace stormglass {

// How threads hand work to one another: posted from any thread, taken in batches by the one that owns it.
// An owner that sleeps in a loop of its own (Qt, the reactor) sets a waker; one that does not, waits here.
class Mailbox
{
public:
    using Task = std::function<void()>;

    // The waker is called on the posting thread, once for each time the box goes from empty to not empty. It must
    // not post.
    explicit Mailbox(std::function<void()> waker = {});

    void post(Task task);
    // From now on nothing wakes, and what is posted is dropped: for an owner that goes before those who post.
    void close();

    // Everything posted so far, in order. Thread: the owner's.
    std::vector<Task> take();

    // Returns when something is posted or `until` has come. Thread: the owner's.
    void wait(Instant until);

private:
    std::mutex m_mutex;
    std::condition_variable m_posted;
    std::vector<Task> m_tasks;
    std::function<void()> m_waker;
    bool m_isClosed = false;
};

} // namespace stormglass
