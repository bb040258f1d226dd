#include "engine/processes/zygote.h"

#include "engine/base/json.h"
#include "engine/processes/environment.h"

#include <QLoggingCategory>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(category, "stormglass.engine.processes")

constexpr std::size_t messageSize = 4096;
// The kernel bounds how many descriptors may be under way at once, and does not tell when there is
// room again.
constexpr auto retryTime = 5ms;
constexpr std::int64_t printLimit = 64 * 1024;

} // namespace

Zygote::Zygote(Reactor &reactor, Launcher &launcher, Events events)
    : m_reactor(reactor)
    , m_launcher(launcher)
    , m_events(std::move(events))
{
}

Zygote::~Zygote()
{
    *m_self = nullptr;
    m_reactor.unwatch(m_reading);
    m_reactor.unwatch(m_writing);
    m_reactor.cancelTimer(m_retrying);
}

Result<> Zygote::begin(const QString &interpreter, const QString &library)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return failure(ErrorCode::Unavailable,
                       u"no control socket for \"%1\": %2"_s.arg(
                           interpreter, QString::fromLocal8Bit(strerrordesc_np(errno))));
    }
    m_control = Descriptor(ends[0]);
    const Descriptor theirs(ends[1]);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);

    ProcessSpec spec;
    spec.program = interpreter;
    spec.arguments = pythonArguments(library + u"/stormglass_zygote.py"_s);
    spec.environment = inheritedEnvironment();
    spec.descriptors = {theirs.number()};
    spec.outputLimit = printLimit;
    SG_LET(const Launcher::Started started,
           m_launcher.start(std::move(spec),
                            {[interpreter](OutputStream, const QByteArray &data) {
                                 qCWarning(category).noquote()
                                     << interpreter << "says:" << data.trimmed();
                             },
                             [self = m_self](ProcessExit) {
                                 if (*self)
                                     (*self)->die();
                             }}));
    m_process = started.handle;
    m_reading = m_reactor.watch(m_control.number(), Reactor::Wants::Read, [this] { hear(); });
    if (m_reading == 0)
        return failure(ErrorCode::Unavailable,
                       u"the system is out of memory for watching processes"_s);
    return {};
}

void Zygote::start(JobId job, Ends ends)
{
    enqueue({"{\"start\":" + QByteArray::number(job) + '}', job, std::move(ends)});
}

bool Zygote::withdraw(JobId job)
{
    return std::erase_if(m_waiting, [job](const Message &message) { return message.start == job; })
        > 0;
}

void Zygote::sendSignal(JobId job, int number)
{
    enqueue(
        {"{\"job\":" + QByteArray::number(job) + ",\"signal\":" + QByteArray::number(number) + '}',
         0,
         {}});
}

void Zygote::kill()
{
    m_launcher.stop(m_process, 0ms);
}

void Zygote::enqueue(Message message)
{
    m_waiting.push_back(std::move(message));
    if (m_writing == 0 && m_retrying == 0)
        flush();
}

void Zygote::flush()
{
    while (!m_waiting.empty()) {
        const Sent sent = send(m_waiting.front());
        if (sent == Sent::Later)
            return;
        m_waiting.pop_front();
        // Reading the socket says why, and what waits is then told.
        if (sent == Sent::Never)
            break;
    }
    m_reactor.unwatch(std::exchange(m_writing, 0));
}

Zygote::Sent Zygote::send(Message &message)
{
    iovec text{message.text.data(), size_t(message.text.size())};
    alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int) * 3)] = {};
    msghdr header{};
    header.msg_iov = &text;
    header.msg_iovlen = 1;
    if (message.start != 0) {
        header.msg_control = space;
        header.msg_controllen = sizeof space;
        cmsghdr *const rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int) * 3);
        const int numbers[3]
            = {message.ends[0].number(), message.ends[1].number(), message.ends[2].number()};
        std::memcpy(CMSG_DATA(rights), numbers, sizeof numbers);
    }
    if (sendmsg(m_control.number(), &header, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
        return Sent::Yes;
    if (errno == EAGAIN || errno == EINTR) {
        if (m_writing == 0)
            m_writing
                = m_reactor.watch(m_control.number(), Reactor::Wants::Write, [this] { flush(); });
        return Sent::Later;
    }
    if (errno == ETOOMANYREFS || errno == ENOBUFS || errno == ENOMEM) {
        m_reactor.unwatch(std::exchange(m_writing, 0));
        m_retrying = m_reactor.after(retryTime, [this] {
            m_retrying = 0;
            flush();
        });
        return Sent::Later;
    }
    return Sent::Never;
}

void Zygote::hear()
{
    char packet[messageSize];
    const ssize_t count = recv(m_control.number(), packet, sizeof packet, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        return die();
    const Result<Value> message = readJson(std::string_view(packet, std::size_t(count)));
    if (message)
        take(*message);
    else
        qCWarning(category).noquote()
            << "a Python zygote sent nonsense:" << message.error().message;
}

void Zygote::take(const Value &message)
{
    if (const Value *const job = message.find("started")) {
        m_events.started(JobId(job->toIntOr(0)), message["process"].toIntOr(0));
    } else if (const Value *const refused = message.find("failed")) {
        qCWarning(category).noquote()
            << "a Python zygote cannot fork:" << message["reason"].toQStringOr({});
        m_events.failed(JobId(refused->toIntOr(0)));
    } else if (const Value *const ended = message.find("ended")) {
        using Cause = ProcessExit::Cause;
        const bool bySignal = message["signalled"].toBoolOr(false);
        m_events.ended(JobId(ended->toIntOr(0)),
                       ProcessExit{bySignal ? Cause::Signaled : Cause::Exited,
                                   int(message["code"].toIntOr(0)), bySignal, 0});
    }
}

void Zygote::die()
{
    m_reactor.unwatch(std::exchange(m_reading, 0));
    m_reactor.unwatch(std::exchange(m_writing, 0));
    m_control.close();
    // May destroy this.
    if (const auto died = std::exchange(m_events.died, {}))
        died();
}

} // namespace stormglass
