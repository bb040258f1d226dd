#include "engine/host/reader.h"

#include "engine/base/thread_name.h"

using namespace Qt::StringLiterals;

namespace stormglass {

Result<std::unique_ptr<Reader>> Reader::start(const Settings &settings, const Clock &clock,
                                              const ChangeFeed &feed, Authenticate authenticate)
{
    SG_LET(std::unique_ptr<Database> database, Database::openReader(settings.databaseFile()));
    return std::unique_ptr<Reader>(
        new Reader(std::move(database), settings, clock, feed, std::move(authenticate)));
}

Reader::Reader(std::unique_ptr<Database> database, const Settings &settings, const Clock &clock,
               const ChangeFeed &feed, Authenticate authenticate)
    : m_clock(clock)
    , m_database(std::move(database))
    , m_datastore(*m_database, clock,
                  {settings.datastoreKeyFile(), settings.datastoreKeyMarker(),
                   KeySource::Missing::IsMissed, settings.keychainKey})
    , m_packs(*m_database)
    , m_configs(m_packs, m_datastore)
    , m_context(
          *m_database, clock, feed, &m_datastore, settings.systemUser,
          [this](const QString &pack, const QString &user) { return m_configs.find(pack, user); })
    , m_authenticate(std::move(authenticate))
{
    addContentReads(m_routes, m_context);
    addAliasReads(m_routes, m_context);
    addConfigReads(m_routes, m_context);
    addEventReads(m_routes, m_context);
    addRuleReads(m_routes, m_context);
    addExecutionReads(m_routes, m_context);
    addTraceReads(m_routes, m_context);
    addStreamReads(m_routes, m_context);
    m_thread = std::thread([this] { run(); });
}

Reader::~Reader()
{
    m_mailbox.post([this] { m_isStopping.store(true); });
    m_thread.join();
}

bool Reader::takes(const Request &request) const
{
    return m_routes.find(request.verb, request.path).handler;
}

void Reader::handle(Request request, Endpoint::Answer answer)
{
    m_mailbox.post([this, request = std::move(request), answer = std::move(answer)] {
        answer(answerTo(request));
    });
}

void Reader::forgetContent()
{
    m_mailbox.post([this] {
        m_context.catalogue.forget();
        m_configs.forget();
    });
}

void Reader::rehearse(RehearsalOrder order, TellRehearsal tell)
{
    m_mailbox.post([this, order = std::move(order), tell = std::move(tell)]() mutable {
        const Id id = order.report.id;
        m_rehearsals.emplace(id, Rehearsing{{m_context, std::move(order)}, std::move(tell)});
        goOnRehearsing(id);
    });
}

void Reader::cancelRehearsal(const Id &id)
{
    m_mailbox.post([this, id] { m_rehearsals.erase(id); });
}

// A slice, then whatever else waits for this reader.
void Reader::goOnRehearsing(const Id &id)
{
    SG_ON(Reader);
    constexpr std::chrono::milliseconds slice{20};
    constexpr std::chrono::milliseconds quiet{200};
    const auto found = m_rehearsals.find(id);
    if (found == m_rehearsals.end())
        return; // canceled
    Rehearsing &rehearsing = found->second;
    const Result<bool> hasMore = rehearsing.run.step(slice);
    if (!hasMore)
        return endRehearsal(id, RehearsalStatus::Failed, hasMore.error().message);
    if (!*hasMore)
        return endRehearsal(id, RehearsalStatus::Succeeded, {});
    if (m_clock.instant() - rehearsing.told >= quiet) {
        rehearsing.tell(rehearsing.run.report());
        rehearsing.told = m_clock.instant();
    }
    m_mailbox.post([this, id] { goOnRehearsing(id); });
}

void Reader::endRehearsal(const Id &id, RehearsalStatus status, const QString &message)
{
    const auto found = m_rehearsals.find(id);
    RehearsalReport report = found->second.run.report();
    report.status = status;
    report.ended = m_clock.now();
    if (!message.isEmpty())
        report.message = message;
    found->second.tell(report);
    m_rehearsals.erase(found);
}

void Reader::run()
{
    nameThisThread(ThreadName::Reader);
    while (!m_isStopping.load()) {
        m_mailbox.wait(m_clock.instant() + std::chrono::hours(1));
        for (const Mailbox::Task &task : m_mailbox.take())
            task();
    }
}

Result<Response> Reader::answerTo(const Request &request)
{
    SG_ON(Reader);
    SG_LET(Caller caller, m_authenticate(*m_database, request));
    const Routes::Match match = m_routes.find(request.verb, request.path);
    return (*match.handler)(Call{request, match.arguments, std::move(caller)});
}

} // namespace stormglass
