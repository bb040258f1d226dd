#include "engine/http/request_parser.h"

#include "engine/http/url_text.h"

#include <boost/beast/http/basic_parser.hpp>

#include <limits>
#include <optional>

namespace stormglass {

namespace http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;

namespace {

// Of one chunk: nobody needs them, and they are a way to send much that no body limit counts.
constexpr std::size_t maxChunkExtension = 256;

std::string_view plain(string_view text)
{
    return {text.data(), text.size()};
}

Method methodOf(http::verb verb)
{
    switch (verb) {
    case http::verb::get:
        return Method::Get;
    case http::verb::post:
        return Method::Post;
    case http::verb::put:
        return Method::Put;
    case http::verb::delete_:
        return Method::Delete;
    case http::verb::options:
        return Method::Options;
    case http::verb::head:
        return Method::Head;
    case http::verb::unknown:
        return Method::Unknown;
    default:
        return Method::Other;
    }
}

error_code refused()
{
    return http::make_error_code(http::error::bad_field);
}

// `HTTP/2.0` in its place: an honest request of another version, not garbage.
bool namesAnotherVersion(std::string_view bytes)
{
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    const std::size_t at = line.rfind(" HTTP/");
    if (at == line.npos || !line.ends_with('\r'))
        return false;
    const std::string_view version = line.substr(at + 6, line.size() - at - 7);
    const bool isWellFormed = version.size() == 3 && version[1] == '.' && std::isdigit(version[0])
        && std::isdigit(version[2]);
    return isWellFormed && version != "1.0" && version != "1.1";
}

Refusal refusalFor(http::error error, std::string_view bytes, const WireMessage &message)
{
    switch (error) {
    case http::error::bad_version:
        if (namesAnotherVersion(bytes))
            return {505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."};
        return {400, "The request line is malformed."};
    case http::error::header_limit:
        if (message.target().empty())
            return {414, "The request target is too long."};
        return {431, "The request header is too large."};
    case http::error::body_limit:
        return {413, "The request body is too large."};
    case http::error::bad_method:
    case http::error::bad_target:
        return {400, "The request line is malformed."};
    case http::error::bad_content_length:
    case http::error::bad_transfer_encoding:
        return {400, "The length of the request body is not clear."};
    case http::error::bad_chunk:
    case http::error::bad_chunk_extension:
        return {400, "The chunked request body is malformed."};
    default:
        return {400, "The request header is malformed."};
    }
}

} // namespace

class RequestParser::Beast final : public http::basic_parser<true>
{
public:
    Beast(WireMessage &message, const HttpLimits &limits)
        : m_message(message)
        , m_limits(limits)
    {
        header_limit(static_cast<std::uint32_t>(limits.headerBytes));
        // Ours is known only when the head is.
        body_limit(std::numeric_limits<std::uint64_t>::max());
    }

    std::optional<Refusal> takeRefusal() { return std::exchange(m_refusal, std::nullopt); }
    void setBodyLimit(std::size_t bytes) { m_bodyLimit = bytes; }

private:
    void refuse(int status, std::string text, error_code &error)
    {
        m_refusal = Refusal{status, std::move(text)};
        error = refused();
    }

    void on_request_impl(http::verb verb, string_view, string_view target, int version,
                         error_code &error) override
    {
        if (target.size() > m_limits.targetBytes)
            return refuse(414, "The request target is too long.", error);
        m_message.method = methodOf(verb);
        m_message.isHttp10 = version == 10;
        m_message.setTarget(plain(target));
        if (m_message.method == Method::Unknown)
            refuse(501, "The request method is not known here.", error);
    }

    void on_response_impl(int, string_view, int, error_code &) override {}

    void on_field_impl(http::field field, string_view name, string_view value,
                       error_code &error) override
    {
        // Trailers are read past: they must not change what the header said.
        if (m_isHeadDone)
            return;
        if (m_message.fieldCount() == m_limits.headerFields)
            return refuse(431, "The request header has too many fields.", error);
        m_message.addField(plain(name), plain(value));
        switch (field) {
        case http::field::host:
            return takeHost(error);
        case http::field::content_length:
            return takeLength(plain(value), error);
        case http::field::transfer_encoding:
            return takeEncoding(plain(value), error);
        case http::field::expect:
            return takeExpectation(plain(value));
        default:
            return;
        }
    }

    void takeHost(error_code &error)
    {
        if (m_message.hasHost)
            return refuse(400, "The request has two Host headers.", error);
        m_message.hasHost = true;
    }

    // Beast takes a length that is repeated alike; a peer that writes so is not to be trusted about
    // the next.
    void takeLength(std::string_view value, error_code &error)
    {
        if (m_hasLength || value.find(',') != value.npos)
            return refuse(400, "The request has two Content-Length values.", error);
        m_hasLength = true;
    }

    // Beast lets other codings pass as if there were no body: what follows would be read as a
    // request.
    void takeEncoding(std::string_view value, error_code &error)
    {
        if (m_message.isHttp10)
            return refuse(400, "HTTP/1.0 knows no Transfer-Encoding.", error);
        if (!equalIgnoringCase(trimmed(value), "chunked"))
            return refuse(501, "The only Transfer-Encoding understood is chunked.", error);
        m_message.isChunked = true;
    }

    void takeExpectation(std::string_view value)
    {
        if (equalIgnoringCase(trimmed(value), "100-continue"))
            m_message.expectsContinue = !m_message.isHttp10;
        else
            m_message.hasOtherExpectation = true;
    }

    void on_header_impl(error_code &) override
    {
        m_isHeadDone = true;
        m_message.keepsAlive = keep_alive();
        if (const auto length = content_length())
            m_message.contentLength = *length;
    }

    void on_body_init_impl(const boost::optional<std::uint64_t> &, error_code &) override {}

    std::size_t on_body_impl(string_view body, error_code &) override
    {
        if (m_message.bodyBytes() == 0 && body.size() == m_message.contentLength)
            m_message.setWholeBody(plain(body));
        else
            m_message.appendBody(plain(body));
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t size, string_view extensions,
                              error_code &error) override
    {
        if (extensions.size() > maxChunkExtension)
            return refuse(400, "The chunked request body has long extensions.", error);
        if (size > m_bodyLimit - std::min(m_bodyLimit, m_message.bodyBytes()))
            refuse(413, "The request body is too large.", error);
    }

    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code &) override
    {
        m_message.appendBody(plain(body));
        return body.size();
    }

    void on_finish_impl(error_code &) override {}

    WireMessage &m_message;
    const HttpLimits &m_limits;
    std::size_t m_bodyLimit = 0;
    std::optional<Refusal> m_refusal;
    bool m_isHeadDone = false;
    bool m_hasLength = false;
};

RequestParser::RequestParser(const HttpLimits &limits)
    : m_limits(limits)
{
    reset();
}

RequestParser::~RequestParser() = default;

void RequestParser::setBodyLimit(std::size_t bytes)
{
    m_beast->setBodyLimit(bytes);
}

void RequestParser::reset()
{
    m_message.clear();
    m_beast = std::make_unique<Beast>(m_message, m_limits);
    m_isInBody = false;
    m_hasBegun = false;
}

RequestParser::Step RequestParser::feed(std::string_view bytes)
{
    return m_isInBody ? feedBody(bytes) : feedHead(bytes);
}

RequestParser::Step RequestParser::failed(Refusal refusal)
{
    m_refusal = std::move(refusal);
    return {Progress::Failed, 0};
}

RequestParser::Step RequestParser::feedHead(std::string_view bytes)
{
    std::size_t skipped = 0;
    // Some clients end a body with a line end that is not part of it.
    if (!m_hasBegun && bytes.starts_with("\r\n"))
        skipped = 2;
    const std::string_view head = bytes.substr(skipped);
    if (head.empty() || (!m_hasBegun && head == "\r"))
        return {Progress::NeedsMore, skipped};

    error_code error;
    const std::size_t consumed = m_beast->put({head.data(), head.size()}, error);
    m_hasBegun = true;
    if (auto refusal = m_beast->takeRefusal())
        return failed(*std::move(refusal));
    if (error == http::error::need_more)
        return {Progress::NeedsMore, skipped + consumed};
    if (error)
        return failed(refusalFor(static_cast<http::error>(error.value()), head, m_message));
    m_isInBody = true;
    m_beast->eager(true);
    return {Progress::HeadDone, skipped + consumed};
}

RequestParser::Step RequestParser::feedBody(std::string_view bytes)
{
    if (m_beast->is_done())
        return {Progress::Done, 0};
    if (bytes.empty())
        return {Progress::NeedsMore, 0};
    error_code error;
    const std::size_t consumed = m_beast->put({bytes.data(), bytes.size()}, error);
    if (auto refusal = m_beast->takeRefusal())
        return failed(*std::move(refusal));
    if (error && error != http::error::need_more)
        return failed(refusalFor(static_cast<http::error>(error.value()), bytes, m_message));
    return {m_beast->is_done() ? Progress::Done : Progress::NeedsMore, consumed};
}

} // namespace stormglass
