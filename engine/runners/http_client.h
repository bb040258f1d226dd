#pragma once

#include "engine/base/result.h"
#include "engine/reactor/reactor.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace stormglass {

struct HttpFile
{
    QByteArray name;
    QByteArray content;
    QByteArray type;
};

struct HttpRequest
{
    QByteArray method{"GET"};
    QByteArray url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    std::optional<QByteArray> body;
    // Sent as a form, instead of a body.
    std::optional<HttpFile> file;
    // `a=1; b=2`
    QByteArray cookies;
    // Basic authentication, if either is not empty.
    QByteArray username;
    QByteArray password;
    QByteArray proxy;
    bool verifyPeer = true;
    bool followRedirects = false;
    std::chrono::milliseconds timeout{60'000};
    std::int64_t bodyLimit = 16LL * 1024 * 1024;
    // Asked for each host a redirect leads to; empty means all are welcome. An answer is why not.
    std::function<std::optional<QString>(const QString &url)> refusal;
};

struct HttpAnswer
{
    int status = 0;
    // Of the last answer, names as the peer writes them; a name that came twice has both values.
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray contentType;
    QByteArray body;
};

// Sends HTTP requests, many at a time, on the reactor. Wraps libcurl.
// Thread: Io.
class HttpClient
{
public:
    using TransferId = std::uint64_t;
    // Timeout, Unavailable (no connection, broken off), Invalid (the request itself) or Denied (a
    // refused redirect).
    using Done = std::function<void(Result<HttpAnswer>)>;

    explicit HttpClient(Reactor &reactor);
    // Breaks off what is under way, without a report.
    ~HttpClient();

    // `done` is called later, never within this.
    TransferId start(HttpRequest request, Done done);
    // `done` is not called.
    void cancel(TransferId transfer);

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace stormglass
