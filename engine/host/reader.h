#pragma once

#include "engine/api/read_context.h"
#include "engine/base/mailbox.h"
#include "engine/host/datastore.h"
#include "engine/host/settings.h"
#include "engine/instance/endpoint.h"

#include <atomic>
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
    // Moves what was written from the log into the database, when there is time.
    void checkpoint(std::function<void()> work) { m_mailbox.post(std::move(work)); }

private:
    Reader(std::unique_ptr<Database> database, const Settings &settings, const Clock &clock,
           const ChangeFeed &feed, Authenticate authenticate);
    void run();
    Result<Response> answerTo(const Request &request);

    const Clock &m_clock;
    std::unique_ptr<Database> m_database;
    Datastore m_datastore;
    ReadContext m_context;
    Routes m_routes;
    Authenticate m_authenticate;
    Mailbox m_mailbox;
    std::atomic<bool> m_isStopping = false;
    std::thread m_thread;
};

} // namespace stormglass
