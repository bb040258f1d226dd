#include "tests/support/stub_endpoint.h"

#include <QHash>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

Value pairsOf(const std::vector<std::pair<QString, QString>> &pairs)
{
    Value list = Value::list();
    for (const auto &[name, value] : pairs)
        list.append(Value::list({Value(name), Value(value)}));
    return list;
}

Value credentialOf(const Credential &credential)
{
    static const char *kinds[] = {"none", "local owner", "token", "api key"};
    return Value::map({{"kind", Value(kinds[static_cast<int>(credential.kind)])},
                       {"secret", Value(credential.secret)}});
}

Result<Response> failureNamed(const QString &name)
{
    static const QHash<QString, ErrorCode> codes = {
        {u"invalid"_s, ErrorCode::Invalid},
        {u"unauthenticated"_s, ErrorCode::Unauthenticated},
        {u"denied"_s, ErrorCode::Denied},
        {u"notfound"_s, ErrorCode::NotFound},
        {u"conflict"_s, ErrorCode::Conflict},
        {u"timeout"_s, ErrorCode::Timeout},
        {u"unavailable"_s, ErrorCode::Unavailable},
        {u"internal"_s, ErrorCode::Internal},
    };
    return failure(Error{codes.value(name), u"It failed: %1."_s.arg(name), u"SomeError"_s,
                         u"rules/a.yaml:3:1"_s});
}

Result<Response> answerTo(const Request &request)
{
    const QString &path = request.path;
    if (path.startsWith("/api/v1/fail/"_L1))
        return failureNamed(path.section(u'/', -1));
    if (path == "/api/v1/text"_L1)
        return Response{.contentType = u"text/plain"_s, .raw = "plain\ntext"};
    if (path == "/api/v1/headers"_L1)
        return Response{.status = 201,
                        .body = Value::list(),
                        .headers
                        = {{u"X-Total-Count"_s, u"17"_s}, {u"X-Evil"_s, u"a\r\nX-B: c"_s}}};
    if (path == "/api/v1/empty"_L1)
        return Response{.status = 204};
    if (path == "/api/v1/large"_L1)
        return Response{.body = Value(std::string(8 * 1024 * 1024, 'x'))};
    if (path == "/stream/v1/stream"_L1) {
        SG_LET(Stream stream, streamAskedFor(request));
        return Response{.stream = std::make_shared<const Stream>(std::move(stream))};
    }
    return Response{.body = echoOf(request)};
}

} // namespace

Value echoOf(const Request &request)
{
    static const char *verbs[] = {"GET", "POST", "PUT", "DELETE"};
    return Value::map({
        {"verb", Value(verbs[static_cast<int>(request.verb)])},
        {"path", Value(request.path)},
        {"query", pairsOf(request.query)},
        {"headers", pairsOf(request.headers)},
        {"body", request.body},
        {"raw", Value(QString::fromUtf8(request.rawBody))},
        {"credential", credentialOf(request.credential)},
    });
}

void StubEndpoint::handle(Request request, Answer answer)
{
    if (!request.path.startsWith("/api/v1/wait"_L1))
        return answer(answerTo(request));
    const std::lock_guard lock(m_mutex);
    m_waiting.emplace_back(std::move(request), std::move(answer));
}

void StubEndpoint::answerWaiting()
{
    std::vector<std::pair<Request, Answer>> waiting;
    {
        const std::lock_guard lock(m_mutex);
        waiting = std::exchange(m_waiting, {});
    }
    for (auto entry = waiting.rbegin(); entry != waiting.rend(); ++entry)
        entry->second(Response{.body = echoOf(entry->first)});
}

std::size_t StubEndpoint::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_waiting.size();
}

} // namespace stormglass
