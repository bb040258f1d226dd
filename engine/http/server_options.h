#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stormglass {

// Which of StackStorm's services a port speaks for. All: everything under one origin, as its proxy
// publishes it.
enum class Service { All, Api, Auth, Stream };

// PEM files: the certificate with its chain, and its key.
struct TlsFiles
{
    QString certificate;
    QString key;
};

// One address to serve. Whether others than this machine may be served is the app's decision.
struct Listener
{
    // A literal address: 127.0.0.1, ::1, 0.0.0.0, …
    QString address = QStringLiteral("127.0.0.1");
    // 0: any free one.
    std::uint16_t port = 0;
    Service service = Service::All;
    std::optional<TlsFiles> tls = {};
};

struct BodyLimit
{
    // Of the published path.
    std::string prefix;
    std::size_t bytes = 0;
};

constexpr std::size_t operator""_KiB(unsigned long long count)
{
    return count * 1024;
}
constexpr std::size_t operator""_MiB(unsigned long long count)
{
    return count * 1024 * 1024;
}

// What one peer, and all of them together, may take of the server.
struct HttpLimits
{
    std::size_t headerBytes = 16_KiB;
    std::size_t targetBytes = 8_KiB;
    std::size_t headerFields = 100;
    std::size_t bodyBytes = 1_MiB;
    // The first that fits wins over `bodyBytes`: packs' files, results and payloads of other
    // systems are larger.
    std::vector<BodyLimit> bodyLimits = {
        {"/api/v1/webhooks", 4_MiB},   {"/api/v1/actions", 16_MiB},  {"/api/v1/packs", 16_MiB},
        {"/api/v1/executions", 4_MiB}, {"/api/v1/workflows", 4_MiB}, {"/auth/v1", 64_KiB},
    };
    // All bodies that are still being received, together.
    std::size_t allBodiesBytes = 256_MiB;

    // From the first byte (of a new connection: from its beginning) to the end of the header,
    // however it trickles.
    std::chrono::milliseconds headerDeadline = std::chrono::seconds(10);
    // Between two requests.
    std::chrono::milliseconds idle = std::chrono::seconds(60);
    // A body must bring `bodyBytesPerSecond` on average once this has passed.
    std::chrono::milliseconds bodyGrace = std::chrono::seconds(5);
    std::size_t bodyBytesPerSecond = 1_KiB;
    // Nothing of an answer could be sent.
    std::chrono::milliseconds sendStall = std::chrono::seconds(30);
    // For the endpoint to answer.
    std::chrono::milliseconds answerDeadline = std::chrono::minutes(5);
    // For a refused peer to take its answer.
    std::chrono::milliseconds linger = std::chrono::seconds(2);

    std::size_t connections = 4096;
    std::size_t connectionsPerAddress = 1024;
    std::size_t pipelineDepth = 8;

    std::size_t streams = 1024;
    // What a slow follower may leave unread before it is dropped (it comes back with
    // Last-Event-ID).
    std::size_t streamQueueBytes = 1_MiB;
    std::chrono::milliseconds heartbeat = std::chrono::seconds(25);
    // Changes of this long are sent in one write.
    std::chrono::milliseconds coalescing = std::chrono::milliseconds(3);
};

struct ServerOptions
{
    // Host names served besides loopback and the address that was connected to: against DNS
    // rebinding.
    QStringList hostNames = {};
    // `api.allow_origin` and the public URL; StackStorm's defaults are added.
    QStringList allowedOrigins = {};
    HttpLimits limits = {};
};

} // namespace stormglass
