#include "tests/scenarios/scenario_site.h"

#include "engine/host/local_instance.h"
#include "engine/remote/remote_instance.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::chrono::milliseconds answerDeadline{20'000};

} // namespace

ScenarioSite::ScenarioSite(Kind kind)
    : m_kind(kind)
{
    const QDir data(m_folder.path());
    data.mkpath(u"packs"_s);
    // The welcome pack would act by itself.
    for (const QString &pack : {u"core"_s, u"linux"_s})
        QFile::link(QStringLiteral(SG_SOURCE_DIR) + u"/packs/"_s + pack,
                    data.filePath(u"packs/"_s + pack));
}

ScenarioSite::~ScenarioSite()
{
    stop();
}

Result<> ScenarioSite::write(const QString &path, const QByteArray &text,
                             QIODevice::OpenMode mode) const
{
    const QString full = m_folder.filePath(path);
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    if (!file.open(mode) || file.write(text) != text.size())
        return failure(ErrorCode::Unavailable, u"%1: %2"_s.arg(full, file.errorString()));
    return {};
}

Settings ScenarioSite::settings() const
{
    Settings settings;
    settings.dataFolder = m_folder.path();
    settings.packFolders = {m_folder.filePath(u"packs"_s)};
    settings.pythonFolder = QStringLiteral(SG_SOURCE_DIR) + u"/resources/python"_s;
    settings.port = 0;
    if (m_kind != Kind::Http)
        settings.listenAddress.clear();
    settings.runnerSlots = m_kind == Kind::Tiny ? 1 : 16;
    return settings;
}

Result<> ScenarioSite::start()
{
    if (m_kind == Kind::Http && m_key.isEmpty()) {
        SG_LET(m_key, createApiKey(settings(), m_clock, u"tester"_s));
    }
    SG_LET(m_engine, Engine::start(settings(), m_clock));
    m_engine->settle();
    return openDoor();
}

Result<> ScenarioSite::openDoor()
{
    if (m_kind != Kind::Http) {
        m_instance = std::make_unique<LocalInstance>(*m_engine, m_engine->feed());
        return {};
    }
    SG_LET(m_door, HttpDoor::open(*m_engine, settings()));
    RemoteOptions options;
    options.urls = RemoteUrls::at(m_door->url());
    options.credential = {Credential::Kind::ApiKey, m_key};
    m_instance = std::make_unique<RemoteInstance>(options);
    return {};
}

void ScenarioSite::stop()
{
    m_instance.reset();
    m_door.reset();
    m_engine.reset();
}

Result<Response> ScenarioSite::call(Request request)
{
    if (m_kind != Kind::Http)
        request.credential = Credential::localOwner();
    QObject receiver;
    std::optional<Result<Response>> answer;
    m_instance->call(request, Reply<Response>(&receiver, [&answer](Result<Response> result) {
                         answer = std::move(result);
                     }));
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); },
                         static_cast<int>(answerDeadline.count())))
        return failure(ErrorCode::Timeout, u"%1 was not answered."_s.arg(request.path));
    return std::move(*answer);
}

} // namespace stormglass
