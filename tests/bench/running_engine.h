#pragma once

#include "app/setup/http_door.h"
#include "engine/store/database.h"
#include "tests/bench/measuring.h"

#include <QTemporaryDir>

namespace stormglass::bench {

// A whole engine on a folder of its own, with the packs core and bench, and its rows to look at.
class RunningEngine
{
public:
    enum class Door { None, Http };

    explicit RunningEngine(Door door = Door::None);
    ~RunningEngine();

    Engine &engine() { return *m_engine; }
    std::uint16_t port() const;
    const QString &apiKey() const { return m_apiKey; }
    QString path(const QString &name) const { return m_folder.filePath(name); }

    // As the owner; waits.
    Response call(Verb verb, const QString &path, const Value &body = {});
    // `count` calls as the owner with at most `inFlight` unanswered; returns with the last answer.
    void callOften(int count, int inFlight, const std::function<Request(int)> &request);

    Request ownerRequest(Verb verb, const QString &path, const Value &body) const;
    std::int64_t number(Sql sql);
    std::int64_t succeeded();
    void waitUntil(const std::function<bool()> &holds);
    // Until as many trigger instances are stored and none is left to match.
    void waitForMatched(std::int64_t triggerInstances);

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    Settings m_settings;
    QString m_apiKey;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<HttpDoor> m_door;
    std::unique_ptr<Database> m_reader;
};

// What an engine started by itself on this folder is told.
Settings benchSettings(const QString &folder);

} // namespace stormglass::bench
