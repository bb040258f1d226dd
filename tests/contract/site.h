#pragma once

#include "engine/host/local_instance.h"
#include "engine/remote/remote_instance.h"
#include "tests/support/served_endpoint.h"

#include <QSignalSpy>
#include <QTest>

namespace stormglass {

// An endpoint and a door to it.
class Site
{
public:
    enum class Way { Local, Http, Https };

    static TlsFiles tlsFiles()
    {
        const QString folder = QStringLiteral(SG_SOURCE_DIR "/tests/support/tls/");
        return {folder + QStringLiteral("certificate.pem"), folder + QStringLiteral("key.pem")};
    }

    static RemoteOptions remoteOptions(std::uint16_t port,
                                       const QString &scheme = QStringLiteral("http"))
    {
        RemoteOptions options;
        options.urls = RemoteUrls::at(QStringLiteral("%1://localhost:%2").arg(scheme).arg(port));
        options.authorityFile = tlsFiles().certificate;
        options.firstRetry = std::chrono::milliseconds(20);
        options.longestRetry = std::chrono::milliseconds(100);
        return options;
    }

    explicit Site(Way way)
        : m_server(ServerOptions(), listenerFor(way))
    {
        if (way == Way::Local)
            m_instance = std::make_unique<LocalInstance>(m_server.endpoint, m_server.feed);
        else
            m_instance = std::make_unique<RemoteInstance>(
                remoteOptions(m_server.port(),
                              way == Way::Http ? QStringLiteral("http") : QStringLiteral("https")));
    }

    StubEndpoint &endpoint() { return m_server.endpoint; }
    StubFeed &feed() { return m_server.feed; }
    Instance &instance() { return *m_instance; }

private:
    static Listener listenerFor(Way way)
    {
        Listener listener;
        // What `localhost` is first.
        if (way == Way::Https)
            listener.tls = tlsFiles();
        return listener;
    }

    ServedEndpoint m_server;
    std::unique_ptr<Instance> m_instance;
};

// Calls and waits for the answer.
inline Result<Response> answerFrom(Instance &instance, const Request &request)
{
    std::optional<Result<Response>> answer;
    QObject receiver;
    instance.call(request, Reply<Response>(&receiver, [&](Result<Response> result) {
                      answer = std::move(result);
                  }));
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20'000))
        return failure(ErrorCode::Timeout, QStringLiteral("No reply within the test's patience."));
    return *answer;
}

} // namespace stormglass
