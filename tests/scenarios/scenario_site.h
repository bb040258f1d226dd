#pragma once

#include "app/setup/http_door.h"
#include "engine/host/engine.h"
#include "engine/instance/instance.h"

#include <QTemporaryDir>

#include <memory>

namespace stormglass {

// Where a scenario takes place: an engine with a data folder of its own, and a door to it.
class ScenarioSite
{
public:
    // Local and Tiny are in this process, Tiny with one slot to run in; Http is asked over HTTP.
    enum class Kind { Local, Http, Tiny };
    explicit ScenarioSite(Kind kind);
    ~ScenarioSite();

    QString folder() const { return m_folder.path(); }
    // Writes, or adds to, a file below the data folder.
    Result<> write(const QString &path, const QByteArray &text, QIODevice::OpenMode mode) const;

    Result<> start();
    void stop();
    Result<Response> call(Request request);

private:
    Settings settings() const;
    Result<> openDoor();

    Kind m_kind;
    SystemClock m_clock;
    QTemporaryDir m_folder;
    QString m_key;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<HttpDoor> m_door;
    std::unique_ptr<Instance> m_instance;
};

} // namespace stormglass
