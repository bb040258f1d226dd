#include "app/setup/http_door.h"

#include "engine/http/http_server.h"

#include <future>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::chrono::seconds drainDeadline{5};

QString urlAt(const QString &address, std::uint16_t port)
{
    const bool isV6 = address.contains(u':');
    return u"http://%1:%2"_s.arg(isV6 ? u'[' + address + u']' : address).arg(port);
}

ServerOptions optionsFrom(const Settings &settings)
{
    ServerOptions options;
    options.hostNames = settings.hostNames;
    for (BodyLimit &limit : options.limits.bodyLimits) {
        if (limit.prefix == "/api/v1/webhooks")
            limit.bytes = static_cast<std::size_t>(settings.webhookBodyLimit);
    }
    return options;
}

} // namespace

HttpDoor::HttpDoor(Engine &engine)
    : m_engine(engine)
{
}

Result<std::unique_ptr<HttpDoor>> HttpDoor::open(Engine &engine, const Settings &settings)
{
    auto door = std::unique_ptr<HttpDoor>(new HttpDoor(engine));
    if (settings.listenAddress.isEmpty())
        return door;
    std::promise<Result<std::uint16_t>> listening;
    engine.reactor().post([&] {
        door->m_server = std::make_unique<HttpServer>(engine.reactor(), engine, engine.feed(),
                                                      engine.clock(), optionsFrom(settings));
        listening.set_value(
            door->m_server->listen({.address = settings.listenAddress, .port = settings.port}));
    });
    SG_LET(const std::uint16_t port, listening.get_future().get());
    door->m_url = urlAt(settings.listenAddress, port);
    engine.setApiUrl(door->m_url + u"/api/v1"_s);
    return door;
}

HttpDoor::~HttpDoor()
{
    if (!m_server)
        return;
    std::promise<void> stopped;
    m_engine.reactor().post([&] {
        m_server->stop(drainDeadline, [&] {
            // Not within its own call.
            m_engine.reactor().post([&] {
                m_server.reset();
                stopped.set_value();
            });
        });
    });
    stopped.get_future().wait();
}

} // namespace stormglass
