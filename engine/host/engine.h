#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/host/settings.h"
#include "engine/instance/endpoint.h"
#include "engine/reactor/reactor.h"

#include <memory>

namespace stormglass {

// The whole engine: its threads, its database, its sources and runners (ARCHITECTURE section 6).
// Lives where it was made, which is the main thread; what Endpoint and ChangeFeed offer may be
// called on any.
class Engine final : public Endpoint
{
public:
    // Opens the database, takes up what a former run left, begins to listen to sources. Borrows the
    // clock. Errors are for the operator to read: another program uses the folder, the disk is
    // full, the database is newer…
    static Result<std::unique_ptr<Engine>> start(const Settings &settings, const Clock &clock);
    // Stops it first.
    ~Engine() override;
    Engine(const Engine &) = delete;

    void handle(Request request, Answer answer) override;
    ChangeFeed &feed();
    // For who serves the engine to others; Io is running.
    Reactor &reactor();
    const Clock &clock() const;

    // Where actions and sensors may reach the API, once it is served.
    void setApiUrl(const QString &url);

    // Returns when what was asked for so far is done and committed, the packs' registration
    // included.
    void settle();

    // In order, with one deadline: sources, scheduler, runners (asked, then killed), stations,
    // readers, store.
    void stop();

private:
    struct Private;
    explicit Engine(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_private;
};

// Makes an API key in a data folder that no program is using, and gives its text, which is not
// kept.
Result<QString> createApiKey(const Settings &settings, const Clock &clock, const QString &user);

} // namespace stormglass
