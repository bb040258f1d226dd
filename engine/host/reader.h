#pragma once

#include "engine/api/read_context.h"
#include "engine/api/rehearsal_run.h"
#include "engine/base/mailbox.h"
#include "engine/host/config_book.h"
#include "engine/host/datastore.h"
#include "engine/host/settings.h"
#include "engine/instance/endpoint.h"

#include <atomic>
#include <map>
#include <memory>
#include <thread>

namespace stormglass {

// One reader thread: answers requests that only read, on a connection of its own that sees what is
// committed. Thread: any for its functions; the rest runs on its own.
class Reader
{
public:
    using Authenticate = std::function<Result<Caller>(Database &, const Request &)>;

    // Opens the connection and starts the thread.
    static Result<std::unique_ptr<Reader>> start(const Settings &settings, const Clock &clock,
                                                 const ChangeFeed &feed, Authenticate authenticate);
    ~Reader();

    // Is this a request that readers answer?
    bool takes(const Request &request) const;
    void handle(Request request, Endpoint::Answer answer);
    // After content changed: what was remembered of it is read again.
    void forgetContent();
    // Works at it between other requests, telling now and then how far it has come, and the end.
    using TellRehearsal = std::function<void(const RehearsalReport &)>;
    void rehearse(RehearsalOrder order, TellRehearsal tell);
    void cancelRehearsal(const Id &id);
    // Moves what was written from the log into the database, when there is time.
    void checkpoint(std::function<void()> work) { m_mailbox.post(std::move(work)); }

private:
    Reader(std::unique_ptr<Database> database, const Settings &settings, const Clock &clock,
           const ChangeFeed &feed, Authenticate authenticate);
    void run();
    Result<Response> answerTo(const Request &request);
    void goOnRehearsing(const Id &id);
    void endRehearsal(const Id &id, RehearsalStatus status, const QString &message);

    const Clock &m_clock;
    std::unique_ptr<Database> m_database;
    Datastore m_datastore;
    PackStore m_packs;
    ConfigBook m_configs;
    ReadContext m_context;
    Routes m_routes;
    Authenticate m_authenticate;
    struct Rehearsing
    {
        RehearsalRun run;
        TellRehearsal tell;
        Instant told = {};
    };
    std::map<Id, Rehearsing> m_rehearsals;
    Mailbox m_mailbox;
    std::atomic<bool> m_isStopping = false;
    std::thread m_thread;
};

} // namespace stormglass
