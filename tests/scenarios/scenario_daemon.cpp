#include "tests/scenarios/scenario_daemon.h"

#include "engine/remote/remote_instance.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr int deadline = 30'000;

QString program()
{
    return QStringLiteral(SG_BUILD_DIR) + u"/bin/stormglassd"_s;
}

} // namespace

ScenarioDaemon::ScenarioDaemon() = default;

ScenarioDaemon::~ScenarioDaemon()
{
    if (m_process.state() != QProcess::NotRunning && !terminate())
        kill();
}

Result<> ScenarioDaemon::write(const QString &below, const QByteArray &text,
                               QIODevice::OpenMode mode) const
{
    QDir().mkpath(QFileInfo(path(below)).path());
    QFile file(path(below));
    if (!file.open(mode) || file.write(text) != text.size())
        return failure(ErrorCode::Unavailable, file.errorString());
    return {};
}

QStringList ScenarioDaemon::linesOf(const QString &below) const
{
    QFile file(path(below));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

Result<> ScenarioDaemon::start()
{
    if (m_key.isEmpty()) {
        SG_LET(m_key,
               run({u"apikey"_s, u"create"_s, u"--data"_s, m_folder.path(), u"--user"_s,
                    u"tester"_s}));
    }
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program(), {u"--data"_s, m_folder.path(), u"--listen"_s, u"127.0.0.1:0"_s});
    QString line;
    const bool isReady = QTest::qWaitFor(
        [&] {
            if (m_process.canReadLine())
                line = QString::fromUtf8(m_process.readLine()).trimmed();
            return !line.isEmpty() || m_process.state() == QProcess::NotRunning;
        },
        deadline);
    if (!isReady || !line.startsWith(u"ready "_s))
        return failure(ErrorCode::Unavailable, u"It is not ready: \"%1\""_s.arg(line));
    m_url = line.mid(6);
    RemoteOptions options;
    options.urls = RemoteUrls::at(m_url);
    options.credential = {Credential::Kind::ApiKey, m_key};
    m_instance = std::make_unique<RemoteInstance>(options);
    return {};
}

void ScenarioDaemon::kill()
{
    m_instance.reset();
    m_process.kill();
    m_process.waitForFinished(deadline);
}

bool ScenarioDaemon::terminate()
{
    m_instance.reset();
    m_process.terminate();
    return m_process.waitForFinished(deadline) && m_process.exitStatus() == QProcess::NormalExit
        && m_process.exitCode() == 0;
}

Result<Response> ScenarioDaemon::call(Request request)
{
    QObject receiver;
    std::optional<Result<Response>> answer;
    m_instance->call(request, Reply<Response>(&receiver, [&answer](Result<Response> result) {
                         answer = std::move(result);
                     }));
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, deadline))
        return failure(ErrorCode::Timeout, u"%1 was not answered."_s.arg(request.path));
    return std::move(*answer);
}

Result<Value> ScenarioDaemon::get(const QString &path,
                                  std::vector<std::pair<QString, QString>> query)
{
    Request request;
    request.path = path;
    request.query = std::move(query);
    SG_LET(const Response response, call(std::move(request)));
    return response.body;
}

std::int64_t ScenarioDaemon::count(const QString &path,
                                   std::vector<std::pair<QString, QString>> query)
{
    Request request;
    request.path = path;
    request.query = std::move(query);
    request.query.emplace_back(u"limit"_s, u"1"_s);
    const Result<Response> response = call(std::move(request));
    if (!response)
        return -1;
    for (const auto &[name, value] : response->headers) {
        if (name.compare(u"x-total-count"_s, Qt::CaseInsensitive) == 0)
            return value.toLongLong();
    }
    return -1;
}

Result<QString> ScenarioDaemon::run(const QStringList &arguments)
{
    QProcess process;
    process.start(program(), arguments);
    if (!process.waitForFinished(deadline)) {
        process.kill();
        process.waitForFinished(deadline);
        return failure(ErrorCode::Timeout, u"The program does not end."_s);
    }
    if (process.exitStatus() != QProcess::NormalExit)
        return failure(ErrorCode::Internal, u"The program crashed."_s);
    if (process.exitCode() != 0)
        return failure(ErrorCode::Unavailable, QString::fromUtf8(process.readAllStandardError()));
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

} // namespace stormglass
