#include "engine/http/connection.h"

#include "engine/http/published_path.h"
#include "engine/http/request_reader.h"
#include "engine/http/server_state.h"
#include "engine/http/url_text.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t smallRead = 4_KiB;
constexpr std::size_t largeRead = 64_KiB;
// What may wait to be sent before more requests are read.
constexpr std::size_t muchUnsent = 1_MiB;

ExchangeKind kindOf(Method method, const QString &path)
{
    if (path.startsWith("/stream/"_L1))
        return ExchangeKind::Stream;
    const bool isUnsafe
        = method == Method::Post || method == Method::Put || method == Method::Delete;
    return isUnsafe ? ExchangeKind::Unsafe : ExchangeKind::Safe;
}

// `http://host/path` is a target too.
struct Target
{
    std::string_view host;
    std::string_view path;
};

Target targetOf(const WireMessage &message)
{
    std::string_view rest = message.target().substr(0, message.target().find('?'));
    const auto scheme = rest.find("://");
    if (rest.starts_with('/') || scheme == rest.npos)
        return {message.value("host"), rest};
    rest.remove_prefix(scheme + 3);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    return {rest.substr(0, slash), slash == rest.size() ? "/" : rest.substr(slash)};
}

} // namespace

Connection::Connection(ServerState &state, Service service, std::unique_ptr<Socket> socket,
                       std::string peer)
    : m_state(state)
    , m_service(service)
    , m_socket(std::move(socket))
    , m_peer(std::move(peer))
    , m_parser(state.options.limits)
    , m_headSince(state.now)
    , m_idleSince(state.now)
    , m_lastSent(state.now)
{
}

void Connection::begin()
{
    readMore();
}

bool Connection::wantsMore() const
{
    switch (m_phase) {
    case Phase::Open:
        return !m_isHeadWaiting && m_answers.size() < m_state.options.limits.pipelineDepth
            && m_answers.output().bytes() < muchUnsent;
    // What they still send is thrown away; it is their leaving that is waited for.
    case Phase::Streaming:
    case Phase::Lingering:
        return true;
    case Phase::LastAnswer:
    case Phase::Closed:
        return false;
    }
    return false;
}

void Connection::readMore()
{
    if (m_isReading || m_hasPeerFinished || !wantsMore())
        return;
    m_isReading = true;
    m_socket->receive(shared_from_this(),
                      m_input.room(m_parser.isInBody() ? largeRead : smallRead));
}

void Connection::received(std::size_t bytes)
{
    m_isReading = false;
    if (m_phase == Phase::Open)
        m_input.add(bytes);
    carryOn();
}

void Connection::carryOn()
{
    understand();
    flush();
    readMore();
}

void Connection::understand()
{
    while (m_phase == Phase::Open && takeStep()) {}
}

bool Connection::takeStep()
{
    if (m_isHeadWaiting)
        return admitHead();
    if (m_answers.size() >= m_state.options.limits.pipelineDepth)
        return false;
    const RequestParser::Step step = m_parser.feed(m_input.view());
    m_input.consume(step.consumed);
    countBody(m_parser.message().bodyBytes());
    switch (step.progress) {
    case RequestParser::Progress::NeedsMore:
        return needMore(step);
    case RequestParser::Progress::HeadDone:
        return admitHead();
    case RequestParser::Progress::Done:
        dispatch();
        return true;
    case RequestParser::Progress::Failed:
        refuse(m_parser.refusal());
        return false;
    }
    return false;
}

bool Connection::needMore(RequestParser::Step step)
{
    const HttpLimits &limits = m_state.options.limits;
    const bool hasBegun = m_parser.hasBegun() || !m_input.isEmpty();
    if (hasBegun && !m_parser.isInBody() && !m_headSince)
        m_headSince = m_state.now;
    // A head is cut by the parser before this; what is left are lines between chunks.
    if (step.consumed == 0 && m_input.size() >= limits.headerBytes + smallRead)
        refuse({400, "The chunked request body is malformed."});
    else if (m_state.bodiesBytes > limits.allBodiesBytes)
        refuse({503, "Too many large requests are being received; try again later."});
    return false;
}

std::optional<Refusal> Connection::headRefusal()
{
    const WireMessage &message = m_parser.message();
    const Target target = targetOf(message);
    if (!message.hasHost && !message.isHttp10)
        return Refusal{400, "The request has no Host header."};
    if (message.hasHost && !m_state.hosts.isOurs(target.host, m_socket->localAddress()))
        return Refusal{421,
                       "This server does not answer for the host that the request names; "
                       "it can be told to by configuration."};
    if (message.hasOtherExpectation)
        return Refusal{417, "The only expectation understood is 100-continue."};
    m_path.clear();
    if (message.method == Method::Options)
        return {};
    auto path = publishedPath(target.path, m_service);
    if (!path)
        return Refusal{400, path.error().message.toStdString()};
    m_path = *std::move(path);
    if (message.contentLength.value_or(0) > m_state.bodyLimit(m_path))
        return Refusal{413,
                       "The request body is too large: at most "
                           + std::to_string(m_state.bodyLimit(m_path)) + " bytes are taken here."};
    return {};
}

bool Connection::admitHead()
{
    if (!m_isHeadWaiting) {
        if (const auto refusal = headRefusal()) {
            refuse(*refusal);
            return false;
        }
    }
    const WireMessage &message = m_parser.message();
    m_kind = kindOf(message.method, m_path);
    // A word of encouragement must not come between two answers.
    m_isHeadWaiting = message.expectsContinue ? !m_answers.isEmpty() : !m_answers.admits(m_kind);
    m_headSince.reset();
    if (m_isHeadWaiting)
        return false;
    m_parser.setBodyLimit(m_state.bodyLimit(m_path));
    m_bodySince = m_state.now;
    if (message.expectsContinue && m_input.isEmpty())
        m_answers.output().tail().append("HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

AnswerContext Connection::contextOf(const WireMessage &message)
{
    return {.requestId = m_state.ids.idFor(message.value("x-request-id")),
            .origin = std::string(message.value("origin")),
            .keepsAlive = message.keepsAlive && !m_state.isDraining,
            .isHttp10 = message.isHttp10,
            .isHead = message.method == Method::Head};
}

void Connection::dispatch()
{
    const WireMessage &message = m_parser.message();
    AnswerContext context = contextOf(message);
    if (!context.keepsAlive)
        m_phase = Phase::LastAnswer;
    const bool mayUseCookie = context.origin.empty() || m_state.writer.cors().allows(context.origin)
        || m_kind != ExchangeKind::Unsafe;
    const ExchangeId id = m_answers.open(std::move(context), m_kind, m_state.now);
    if (message.method == Method::Options) {
        Exchange &exchange = *m_answers.find(id);
        m_state.writer.appendOptions(m_answers.place(exchange), exchange.context);
        m_answers.finish(exchange);
    } else if (auto request = readRequest(message, m_path,
                                          mayUseCookie ? CookieUse::Allowed : CookieUse::Refused)) {
        ask(*std::move(request), id);
    } else {
        answer(id, failure(std::move(request).error()));
    }
    countBody(0);
    m_parser.reset();
    m_bodySince.reset();
    m_idleSince = m_state.now;
}

void Connection::ask(Request request, ExchangeId id)
{
    m_state.endpoint.handle(
        std::move(request),
        [weak = weak_from_this(), id, mailbox = m_state.mailbox](Result<Response> response) {
            mailbox->post([weak, id, response = std::move(response)] {
                if (const auto self = weak.lock())
                    self->answer(id, response);
            });
        });
}

void Connection::answer(ExchangeId id, const Result<Response> &response)
{
    Exchange *exchange = m_answers.find(id);
    if (exchange == nullptr || m_phase == Phase::Closed)
        return;
    if (response && response->stream)
        return beginStreaming(id, *response);
    if (m_state.isDraining && exchange == m_answers.newest())
        exchange->context.keepsAlive = false;
    m_state.writer.append(m_answers.place(*exchange), exchange->context, response);
    m_answers.finish(*exchange);
    m_idleSince = m_state.now;
    m_state.flushLater(shared_from_this());
}

void Connection::refuse(const Refusal &refusal)
{
    AnswerContext context = contextOf(m_parser.message());
    context.keepsAlive = false;
    const ExchangeId id = m_answers.open(std::move(context), ExchangeKind::Safe, m_state.now);
    Exchange &exchange = *m_answers.find(id);
    m_state.writer.appendFault(m_answers.place(exchange), exchange.context, refusal.status,
                               refusal.text);
    m_answers.finish(exchange);
    m_phase = Phase::LastAnswer;
    countBody(0);
    m_input.clear();
}

void Connection::countBody(std::size_t bytes)
{
    m_state.bodiesBytes += bytes - m_bodyBytes;
    m_bodyBytes = bytes;
}

} // namespace stormglass
