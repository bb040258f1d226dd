#include "engine/runners/http_transfer.h"

#include <algorithm>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

bool holdsControl(const QByteArray &text)
{
    return text.contains('\r') || text.contains('\n') || text.contains('\0');
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char letter) {
        const bool isAlphanumeric = (letter >= 'a' && letter <= 'z')
            || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
        return isAlphanumeric || QByteArrayView("!#$%&'*+-.^_`|~").contains(letter);
    });
}

ErrorCode codeFor(CURLcode code)
{
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return ErrorCode::Timeout;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_TOO_MANY_REDIRECTS:
        return ErrorCode::Invalid;
    case CURLE_OUT_OF_MEMORY:
        return ErrorCode::Internal;
    default:
        return ErrorCode::Unavailable;
    }
}

} // namespace

HttpTransfer::HttpTransfer(HttpRequest request, HttpClient::Done done)
    : m_request(std::move(request))
    , m_done(std::move(done))
    , m_easy(curl_easy_init())
{
}

HttpTransfer::~HttpTransfer()
{
    curl_easy_cleanup(m_easy);
    curl_mime_free(m_form);
    curl_slist_free_all(m_headers);
}

Result<> HttpTransfer::prepare()
{
    if (!m_easy)
        return failure(ErrorCode::Internal, u"out of memory for an HTTP request"_s);
    if (!isToken(m_request.method))
        return failure(ErrorCode::Invalid,
                       u"\"%1\" is not an HTTP method"_s.arg(QString::fromUtf8(m_request.method)));
    if (holdsControl(m_request.url) || holdsControl(m_request.cookies))
        return failure(ErrorCode::Invalid, u"an address or a cookie may not hold line ends"_s);
    setMethod();
    SG_TRY(setHeaders());
    setFile();
    setConnection();
    return {};
}

void HttpTransfer::setMethod()
{
    const QByteArray &method = m_request.method;
    if (m_request.body) {
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, m_request.body->constData());
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body->size()));
    } else if (method == "POST" && !m_request.file) {
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, "");
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(0));
    } else if (method == "HEAD") {
        curl_easy_setopt(m_easy, CURLOPT_NOBODY, 1L);
    }
    // Where the library would choose the same it is left to, because a redirect may then change it.
    const QByteArray chosen = m_request.body || m_request.file ? "POST"
        : method == "HEAD" || method == "POST"                 ? method
                                                               : "GET";
    if (method != chosen)
        curl_easy_setopt(m_easy, CURLOPT_CUSTOMREQUEST, method.constData());
}

Result<> HttpTransfer::setHeaders()
{
    bool hasType = false;
    for (const auto &[name, value] : m_request.headers) {
        if (!isToken(name) || holdsControl(value)) {
            return failure(
                ErrorCode::Invalid,
                u"the header \"%1\" cannot be sent: its name or value holds what none may"_s.arg(
                    QString::fromUtf8(name)));
        }
        hasType = hasType || name.compare("Content-Type", Qt::CaseInsensitive) == 0;
        // A semicolon is how the library is told to send an empty one.
        const QByteArray line = value.isEmpty() ? name + ';' : name + ": " + value;
        m_headers = curl_slist_append(m_headers, line.constData());
    }
    // What the library would add by itself and nobody asked for.
    m_headers = curl_slist_append(m_headers, "Expect:");
    if (!hasType && !m_request.file)
        m_headers = curl_slist_append(m_headers, "Content-Type:");
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headers);
    return {};
}

void HttpTransfer::setFile()
{
    if (!m_request.file)
        return;
    m_form = curl_mime_init(m_easy);
    curl_mimepart *const part = curl_mime_addpart(m_form);
    curl_mime_name(part, m_request.file->name.constData());
    curl_mime_filename(part, m_request.file->name.constData());
    curl_mime_data(part, m_request.file->content.constData(),
                   std::size_t(m_request.file->content.size()));
    if (!m_request.file->type.isEmpty())
        curl_mime_type(part, m_request.file->type.constData());
    curl_easy_setopt(m_easy, CURLOPT_MIMEPOST, m_form);
}

void HttpTransfer::setConnection()
{
    curl_easy_setopt(m_easy, CURLOPT_URL, m_request.url.constData());
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(m_easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(m_easy, CURLOPT_TIMEOUT_MS, long(m_request.timeout.count()));
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, m_request.followRedirects ? 1L : 0L);
    curl_easy_setopt(m_easy, CURLOPT_MAXREDIRS, 30L);
    curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYPEER, m_request.verifyPeer ? 1L : 0L);
    curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYHOST, m_request.verifyPeer ? 2L : 0L);
    curl_easy_setopt(m_easy, CURLOPT_ERRORBUFFER, m_message.data());
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &HttpTransfer::takeBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &HttpTransfer::takeHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    if (!m_request.cookies.isEmpty())
        curl_easy_setopt(m_easy, CURLOPT_COOKIE, m_request.cookies.constData());
    if (!m_request.proxy.isEmpty())
        curl_easy_setopt(m_easy, CURLOPT_PROXY, m_request.proxy.constData());
    if (!m_request.username.isEmpty() || !m_request.password.isEmpty()) {
        curl_easy_setopt(m_easy, CURLOPT_HTTPAUTH, long(CURLAUTH_BASIC));
        curl_easy_setopt(m_easy, CURLOPT_USERNAME, m_request.username.constData());
        curl_easy_setopt(m_easy, CURLOPT_PASSWORD, m_request.password.constData());
    }
    if (m_request.refusal) {
        curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, &HttpTransfer::mayAsk);
        curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
    }
}

std::size_t HttpTransfer::takeBody(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *const transfer = static_cast<HttpTransfer *>(self);
    const auto bytes = qsizetype(size * count);
    transfer->m_tooLarge = transfer->m_answer.body.size() + bytes > transfer->m_request.bodyLimit;
    if (transfer->m_tooLarge)
        return 0;
    transfer->m_answer.body.append(data, bytes);
    return std::size_t(bytes);
}

std::size_t HttpTransfer::takeHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *const transfer = static_cast<HttpTransfer *>(self);
    const QByteArray line = QByteArray(data, qsizetype(size * count)).trimmed();
    auto &headers = transfer->m_answer.headers;
    // Another answer begins: after a redirect, a proxy's, a 100.
    if (line.startsWith("HTTP/")) {
        headers.clear();
        transfer->m_answer.body.clear();
        return size * count;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return size * count;
    const QByteArray name = line.first(colon);
    const QByteArray value = line.sliced(colon + 1).trimmed();
    const auto same = std::find_if(headers.begin(), headers.end(), [&name](const auto &header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (same == headers.end())
        headers.emplace_back(name, value);
    else
        same->second += ", " + value;
    return size * count;
}

int HttpTransfer::mayAsk(void *self, char *, char *, int, int)
{
    auto *const transfer = static_cast<HttpTransfer *>(self);
    char *url = nullptr;
    curl_easy_getinfo(transfer->m_easy, CURLINFO_EFFECTIVE_URL, &url);
    transfer->m_refused = transfer->m_request.refusal(QString::fromUtf8(url));
    return transfer->m_refused ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

Result<HttpAnswer> HttpTransfer::result(CURLcode code)
{
    if (m_refused)
        return failure(ErrorCode::Denied, *m_refused);
    if (m_tooLarge) {
        return failure(
            ErrorCode::Invalid,
            u"The answer of %1 is larger than %2 bytes"_s.arg(QString::fromUtf8(m_request.url))
                .arg(m_request.bodyLimit));
    }
    if (code != CURLE_OK) {
        const char *const why = m_message[0] != '\0' ? m_message.data() : curl_easy_strerror(code);
        return failure(codeFor(code),
                       u"%1 %2: %3"_s.arg(QString::fromUtf8(m_request.method),
                                          QString::fromUtf8(m_request.url),
                                          QString::fromUtf8(why)));
    }
    long status = 0;
    curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
    m_answer.status = int(status);
    char *type = nullptr;
    curl_easy_getinfo(m_easy, CURLINFO_CONTENT_TYPE, &type);
    m_answer.contentType = type;
    return std::move(m_answer);
}

} // namespace stormglass
