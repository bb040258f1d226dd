#include "engine/http/answer_writer.h"

#include "engine/base/json.h"
#include "engine/base/value.h"
#include "engine/instance/http_status.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace stormglass {

namespace {

std::string_view reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

void appendNumber(std::string &out, std::uint64_t number)
{
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

// Not strftime: its names of days and months follow the person's language.
std::string httpDate(std::time_t second)
{
    constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months
        = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts = {};
    gmtime_r(&second, &parts);
    std::array<char, 40> text;
    const int length
        = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                        days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                        months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                        parts.tm_hour, parts.tm_min, parts.tm_sec);
    return {text.data(), static_cast<std::size_t>(length)};
}

bool isFieldText(const QString &text)
{
    return std::ranges::none_of(
        text, [](QChar c) { return c < QLatin1Char(' ') || c.unicode() == 0x7f; });
}

// A value with a line end in it would let its author write headers, or answers.
void appendFields(std::string &out, const std::vector<std::pair<QString, QString>> &fields)
{
    for (const auto &[name, value] : fields) {
        if (!isFieldText(name) || !isFieldText(value))
            continue;
        out.append(name.toStdString()).append(": ").append(value.toStdString()).append("\r\n");
    }
}

Value faultObject(const Error &error)
{
    Value fault = Value::map({{"faultstring", Value(error.message)}});
    if (!error.kind.isEmpty())
        fault.set("kind", Value(error.kind));
    if (!error.place.isEmpty())
        fault.set(error.code == ErrorCode::Conflict ? "conflict-id" : "place", Value(error.place));
    return fault;
}

} // namespace

AnswerWriter::AnswerWriter(const QStringList &allowedOrigins)
    : m_cors(allowedOrigins)
{
    setTime({});
}

void AnswerWriter::setTime(Timestamp now)
{
    const std::time_t second
        = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    if (second == m_dateSecond)
        return;
    m_dateSecond = second;
    m_date = "Date: " + httpDate(second) + "\r\n";
}

void AnswerWriter::appendHead(std::string &out, const AnswerContext &context, int status) const
{
    out.append("HTTP/1.1 ");
    appendNumber(out, static_cast<std::uint64_t>(status));
    out.append(" ").append(reason(status)).append("\r\n");
    out.append(m_date);
    out.append("X-Request-ID: ").append(context.requestId).append("\r\n");
    m_cors.appendHeaders(out, context.origin);
    if (!context.keepsAlive)
        out.append("Connection: close\r\n");
    else if (context.isHttp10)
        out.append("Connection: keep-alive\r\n");
}

void AnswerWriter::appendBody(std::string &out, const AnswerContext &context, int status,
                              std::string_view contentType, std::string_view body) const
{
    if (status == 204 || status == 304) {
        out.append("\r\n");
        return;
    }
    if (!contentType.empty())
        out.append("Content-Type: ").append(contentType).append("\r\n");
    out.append("Content-Length: ");
    appendNumber(out, body.size());
    out.append("\r\n\r\n");
    if (!context.isHead)
        out.append(body);
}

void AnswerWriter::append(std::string &out, const AnswerContext &context,
                          const Result<Response> &response) const
{
    if (!response)
        return appendError(out, context, response.error());
    appendHead(out, context, response->status);
    appendFields(out, response->headers);
    if (response->contentType.isEmpty())
        return appendBody(out, context, response->status, "application/json",
                          response->status == 204 ? std::string() : writeJson(response->body));
    const QString type = isFieldText(response->contentType) ? response->contentType : QString();
    appendBody(out, context, response->status, type.toStdString(),
               {response->raw.constData(), static_cast<std::size_t>(response->raw.size())});
}

void AnswerWriter::appendError(std::string &out, const AnswerContext &context,
                               const Error &error) const
{
    const int status = httpStatus(error.code);
    appendHead(out, context, status);
    appendBody(out, context, status, "application/json", writeJson(faultObject(error)));
}

void AnswerWriter::appendFault(std::string &out, const AnswerContext &context, int status,
                               std::string_view text) const
{
    appendHead(out, context, status);
    appendBody(out, context, status, "application/json",
               writeJson(Value::map({{"faultstring", Value(text)}})));
}

void AnswerWriter::appendOptions(std::string &out, const AnswerContext &context) const
{
    appendHead(out, context, 200);
    appendBody(out, context, 200, {}, {});
}

void AnswerWriter::appendStreamHead(std::string &out, const AnswerContext &context,
                                    const Response &response) const
{
    appendHead(out, context, 200);
    appendFields(out, response.headers);
    out.append("Content-Type: text/event-stream; charset=UTF-8\r\n"
               "Cache-Control: no-cache\r\n"
               "X-Accel-Buffering: no\r\n\r\n");
}

} // namespace stormglass
