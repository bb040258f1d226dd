#pragma once

#include "engine/host/engine.h"

#include <memory>

namespace stormglass {

class HttpServer;

// An engine served over HTTP, as its settings say. Thread: main.
class HttpDoor
{
public:
    // Opens nothing where the settings name no address. Errors say which address could not be had and why.
    static Result<std::unique_ptr<HttpDoor>> open(Engine &engine, const Settings &settings);
    // Answers what was asked, ends streams.
    ~HttpDoor();
    HttpDoor(const HttpDoor &) = delete;

    // `http://127.0.0.1:9101`; empty where nothing is served.
    const QString &url() const { return m_url; }

private:
    explicit HttpDoor(Engine &engine);

    Engine &m_engine;
    std::unique_ptr<HttpServer> m_server;
    QString m_url;
};

} // namespace stormglass
