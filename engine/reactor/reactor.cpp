#include "engine/reactor/reactor.h"

#include "engine/base/mailbox.h"
#include "engine/base/thread_name.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <sys/stat.h>

#include <unordered_map>

namespace stormglass {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// Asio takes a descriptor once, but it may be watched for reading and for writing.
struct Descriptor
{
    asio::posix::stream_descriptor stream;
    int watches = 0;
};

struct Watch
{
    int descriptor = -1;
    asio::posix::stream_descriptor::wait_type wants;
    Reactor::Task ready;
};

// epoll refuses these, and Asio hides the refusal until the first wait.
bool isFileOrFolder(int descriptor)
{
    struct stat status
    {
    };
    return fstat(descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

} // namespace

struct Reactor::Private
{
    // One thread runs it, any thread posts to it.
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work
        = asio::make_work_guard(context);
    std::uint64_t lastId = 0;
    std::unordered_map<TimerId, std::unique_ptr<asio::steady_timer>> timers;
    std::unordered_map<int, Descriptor> descriptors;
    // Shared, since a task may unwatch the watch that calls it.
    std::unordered_map<WatchId, std::shared_ptr<Watch>> watches;
    Mailbox mailbox{[this] { asio::post(context, [this] { runPosted(); }); }};

    void runPosted();
    bool borrow(int descriptor);
    void giveBack(int descriptor);
    void wait(WatchId id, const std::shared_ptr<Watch> &watch);
    void fire(WatchId id, const std::shared_ptr<Watch> &watch);
};

void Reactor::Private::runPosted()
{
    for (const Task &task : mailbox.take())
        task();
}

bool Reactor::Private::borrow(int descriptor)
{
    const auto [place, isNew]
        = descriptors.try_emplace(descriptor, Descriptor{asio::posix::stream_descriptor(context)});
    error_code error;
    if (isNew)
        place->second.stream.assign(descriptor, error);
    if (error) {
        descriptors.erase(place);
        return false;
    }
    ++place->second.watches;
    return true;
}

void Reactor::Private::giveBack(int descriptor)
{
    const auto found = descriptors.find(descriptor);
    if (--found->second.watches > 0)
        return;
    found->second.stream.release();
    descriptors.erase(found);
}

void Reactor::Private::wait(WatchId id, const std::shared_ptr<Watch> &watch)
{
    descriptors.at(watch->descriptor)
        .stream.async_wait(watch->wants, [this, id, watch](const error_code &error) {
            if (!error)
                fire(id, watch);
        });
}

void Reactor::Private::fire(WatchId id, const std::shared_ptr<Watch> &watch)
{
    // A wait that had already succeeded when it was unwatched arrives without an error.
    if (!watches.contains(id))
        return;
    watch->ready();
    if (watches.contains(id))
        wait(id, watch);
}

Reactor::Reactor()
    : m_private(std::make_unique<Private>())
{
}

Reactor::~Reactor()
{
    for (auto &[number, descriptor] : m_private->descriptors)
        descriptor.stream.release();
}

void Reactor::run()
{
    nameThisThread(ThreadName::Io);
    m_private->context.run();
    // Only now, so that a stop() that came before run() is not forgotten.
    m_private->context.restart();
}

void Reactor::stop()
{
    m_private->context.stop();
}

void Reactor::post(Task task)
{
    m_private->mailbox.post(std::move(task));
}

Reactor::TimerId Reactor::after(std::chrono::microseconds delay, Task task)
{
    SG_ON(Io);
    const TimerId id = ++m_private->lastId;
    auto timer = std::make_unique<asio::steady_timer>(m_private->context, delay);
    timer->async_wait(
        [state = m_private.get(), id, task = std::move(task)](const error_code &error) {
            // Erasing is what cancels: one that had already expired arrives here without an error.
            if (!error && state->timers.erase(id) == 1)
                task();
        });
    m_private->timers.emplace(id, std::move(timer));
    return id;
}

void Reactor::cancelTimer(TimerId timer)
{
    SG_ON(Io);
    m_private->timers.erase(timer);
}

Reactor::WatchId Reactor::watch(int descriptor, Wants wants, Task ready)
{
    SG_ON(Io);
    if (isFileOrFolder(descriptor) || !m_private->borrow(descriptor))
        return 0;
    const WatchId id = ++m_private->lastId;
    using Stream = asio::posix::stream_descriptor;
    const auto watch = std::make_shared<Watch>(
        Watch{descriptor, wants == Wants::Read ? Stream::wait_read : Stream::wait_write,
              std::move(ready)});
    m_private->watches.emplace(id, watch);
    m_private->wait(id, watch);
    return id;
}

void Reactor::unwatch(WatchId watch)
{
    SG_ON(Io);
    const auto found = m_private->watches.find(watch);
    if (found == m_private->watches.end())
        return;
    const int descriptor = found->second->descriptor;
    m_private->watches.erase(found);
    m_private->giveBack(descriptor);
}

asio::io_context &Reactor::context()
{
    return m_private->context;
}

} // namespace stormglass
