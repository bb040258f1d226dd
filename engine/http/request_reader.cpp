#include "engine/http/request_reader.h"

#include "engine/http/body_reader.h"
#include "engine/http/url_text.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

Result<Verb> verbOf(Method method)
{
    switch (method) {
    case Method::Get:
        return Verb::Get;
    case Method::Post:
        return Verb::Post;
    case Method::Put:
        return Verb::Put;
    case Method::Delete:
        return Verb::Delete;
    case Method::Options:
    case Method::Head:
    case Method::Other:
    case Method::Unknown:
        break;
    }
    // As StackStorm: whatever is not routed is not found.
    return failure(ErrorCode::NotFound, u"The resource could not be found."_s);
}

void readQuery(std::string_view target, Request &request)
{
    const std::size_t mark = target.find('?');
    if (mark == target.npos)
        return;
    for (const auto &[name, value] : formPairs(target.substr(mark + 1)))
        request.query.emplace_back(toQString(name), toQString(value));
}

void readHeaders(const WireMessage &message, Request &request)
{
    request.headers.reserve(message.fieldCount());
    for (std::size_t at = 0; at < message.fieldCount(); ++at)
        request.headers.emplace_back(toQString(message.name(at)), toQString(message.value(at)));
}

} // namespace

Result<Request> readRequest(const WireMessage &message, const QString &path, CookieUse cookie)
{
    Request request;
    SG_LET(request.verb, verbOf(message.method));
    request.path = path;
    readQuery(message.target(), request);
    readHeaders(message, request);
    request.credential = credentialOf(message, request, cookie);
    if (request.verb != Verb::Get)
        SG_TRY(readBody(message.body(), message.value("content-type"), request));
    return request;
}

} // namespace stormglass
