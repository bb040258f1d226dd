#include "tests/bench/running_engine.h"

#include "app/setup/command_line.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <atomic>
#include <future>
#include <semaphore>
#include <thread>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr auto patience = std::chrono::seconds(60);
constexpr std::ptrdiff_t mostInFlight = 100'000;

} // namespace

Settings benchSettings(const QString &folder)
{
    const QString packs = folder + u"/bench_packs"_s;
    QDir().mkpath(packs);
    QFile::link(sharedFolder() + u"/packs/core"_s, packs + u"/core"_s);
    QFile::link(QStringLiteral(SG_BENCH_FOLDER "/packs/bench"), packs + u"/bench"_s);
    Settings settings;
    settings.dataFolder = folder + u"/data"_s;
    settings.packFolders = {packs};
    settings.pythonFolder = sharedFolder() + u"/resources/python"_s;
    settings.listenAddress.clear();
    settings.port = 0;
    return settings;
}

RunningEngine::RunningEngine(Door door)
    : m_settings(benchSettings(m_folder.path()))
{
    if (door == Door::Http) {
        m_settings.listenAddress = u"127.0.0.1"_s;
        m_apiKey = take(createApiKey(m_settings, m_clock, u"bench"_s));
    }
    m_engine = take(Engine::start(m_settings, m_clock));
    m_engine->settle();
    m_door = take(HttpDoor::open(*m_engine, m_settings));
    m_reader = take(Database::openReader(m_settings.databaseFile()));
}

RunningEngine::~RunningEngine()
{
    m_door.reset();
    m_reader.reset();
    m_engine->stop();
}

std::uint16_t RunningEngine::port() const
{
    return static_cast<std::uint16_t>(QUrl(m_door->url()).port());
}

Request RunningEngine::ownerRequest(Verb verb, const QString &path, const Value &body) const
{
    Request request;
    request.verb = verb;
    request.path = path;
    request.body = body;
    request.credential = Credential::localOwner();
    return request;
}

Response RunningEngine::call(Verb verb, const QString &path, const Value &body)
{
    std::promise<Result<Response>> answered;
    m_engine->handle(ownerRequest(verb, path, body),
                     [&](Result<Response> answer) { answered.set_value(std::move(answer)); });
    return take(answered.get_future().get());
}

void RunningEngine::callOften(int count, int inFlight, const std::function<Request(int)> &request)
{
    std::counting_semaphore<mostInFlight> room(inFlight);
    std::atomic<int> refused = 0;
    for (int i = 0; i < count; ++i) {
        room.acquire();
        m_engine->handle(request(i), [&](const Result<Response> &answer) {
            if (!answer)
                ++refused;
            room.release();
        });
    }
    for (int i = 0; i < inFlight; ++i)
        room.acquire();
    if (refused > 0)
        giveUp(u"%1 of %2 requests were refused."_s.arg(refused.load()).arg(count));
}

std::int64_t RunningEngine::number(Sql sql)
{
    return take(m_reader->row(sql, [](Row &row) { return row.integer(); })).value_or(0);
}

std::int64_t RunningEngine::succeeded()
{
    return take(m_reader->counted("execution.status", "succeeded"));
}

void RunningEngine::waitUntil(const std::function<bool()> &holds)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until)
            giveUp(u"What was asked for did not happen within a minute."_s);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void RunningEngine::waitForMatched(std::int64_t triggerInstances)
{
    waitUntil([&] {
        return number("SELECT coalesce(max(seq), 0) FROM trigger_instance") >= triggerInstances
            && number("SELECT count(*) FROM trigger_instance WHERE status <> 2") == 0;
    });
}

} // namespace stormglass::bench
