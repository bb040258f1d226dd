#include "engine/processes/job_channel.h"

#include "engine/base/json.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype answerLimit = 16 * 1024 * 1024;

QByteArray lineOf(const Value &request)
{
    return QByteArray::fromStdString(writeJson(request)) + '\n';
}

} // namespace

Result<JobChannel::Pair> JobChannel::makePair()
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return failure(ErrorCode::Unavailable,
                       u"no channel for a Python process: %1"_s.arg(
                           QString::fromLocal8Bit(strerrordesc_np(errno))));
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Pair{Descriptor(ends[0]), Descriptor(ends[1])};
}

JobChannel::JobChannel(Reactor &reactor, Descriptor ours, const Value &request,
                       std::function<void(Result<Value>)> answered, std::function<void()> ended)
    : m_reactor(reactor)
    , m_end(std::move(ours))
    , m_unwritten(lineOf(request))
    , m_answered(std::move(answered))
    , m_ended(std::move(ended))
{
}

JobChannel::~JobChannel()
{
    close();
}

bool JobChannel::begin()
{
    m_reading = m_reactor.watch(m_end.number(), Reactor::Wants::Read, [this] { readable(); });
    flush();
    return m_reading != 0;
}

void JobChannel::readable()
{
    if (take() == Took::End)
        m_ended();
}

JobChannel::Took JobChannel::take()
{
    char chunk[64 * 1024];
    const ssize_t count = recv(m_end.number(), chunk, sizeof chunk, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return Took::Nothing;
    if (count <= 0) {
        close();
        return Took::End;
    }
    // What follows the answer is no part of the protocol and is dropped.
    if (isAnswered())
        return Took::Chunk;
    m_line.append(chunk, count);
    const qsizetype end = m_line.indexOf('\n', m_line.size() - count);
    if (end >= 0) {
        const QByteArray line = std::exchange(m_line, {}).first(end);
        answer(readJson(std::string_view(line.constData(), std::size_t(line.size()))));
    } else if (m_line.size() > answerLimit) {
        m_line.clear();
        answer(failure(ErrorCode::Invalid, u"the result of the action is larger than 16 MiB"_s));
    }
    return Took::Chunk;
}

void JobChannel::answer(Result<Value> value)
{
    std::exchange(m_answered, nullptr)(std::move(value));
}

void JobChannel::drain()
{
    while (m_end.isOpen() && take() == Took::Chunk) {}
}

void JobChannel::flush()
{
    while (m_end.isOpen() && !m_unwritten.isEmpty()) {
        const ssize_t count = send(m_end.number(), m_unwritten.constData(),
                                   size_t(m_unwritten.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN) {
            if (m_writing == 0)
                m_writing
                    = m_reactor.watch(m_end.number(), Reactor::Wants::Write, [this] { flush(); });
            return;
        }
        if (count < 0)
            m_unwritten.clear(); // it is gone: reading will say so
        else
            m_unwritten.remove(0, count);
    }
    m_reactor.unwatch(std::exchange(m_writing, 0));
}

void JobChannel::close()
{
    m_reactor.unwatch(std::exchange(m_reading, 0));
    m_reactor.unwatch(std::exchange(m_writing, 0));
    m_end.close();
}

} // namespace stormglass
