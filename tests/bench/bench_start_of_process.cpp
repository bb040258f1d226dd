#include "tests/bench/bench.h"
#include "tests/bench/load_generator.h"
#include "tests/bench/raw_process.h"
#include "tests/bench/running_engine.h"
#include "tests/bench/samples.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int webhooks = 2'500;
constexpr double perSecond = 500;
constexpr int rawStarts = 300;

std::int64_t systemMicroseconds()
{
    return SystemClock().now().time_since_epoch().count();
}

QString stampProgram()
{
    return QCoreApplication::applicationDirPath() + u"/stormglass-bench-stamp"_s;
}

// In milliseconds, as stormglass-bench-stamp wrote them.
std::vector<double> readDelays(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        giveUp(u"No process has begun."_s);
    std::vector<double> delays;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (!line.isEmpty())
            delays.push_back(line.toDouble() / 1e3);
    }
    return delays;
}

std::vector<double> rawDelays()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"delays"_s);
    for (int i = 0; i < rawStarts; ++i) {
        const QString command = u"%1 %2 %3"_s.arg(stampProgram(), path).arg(systemMicroseconds());
        waitFor(startProcess({"/bin/sh", "-c", command.toStdString()}));
    }
    return readDelays(path);
}

void makeRule(RunningEngine &running, const QString &path)
{
    Value rule = alertRule(1, true, u"enabled"_s);
    const QString command = u"%1 %2 {{ trigger.body.alert.sent }}"_s.arg(stampProgram(), path);
    rule.set("action",
             Value::map({{"ref", "core.local"}, {"parameters", Value::map({{"cmd", command}})}}));
    running.call(Verb::Post, u"/api/v1/rules"_s, rule);
}

std::vector<double> engineDelays()
{
    RunningEngine running(RunningEngine::Door::Http);
    const QString path = running.path(u"delays"_s);
    makeRule(running, path);
    const LoadOutcome outcome = apply({.port = running.port(),
                                       .path = "/api/v1/webhooks/alerts",
                                       .apiKey = running.apiKey().toStdString(),
                                       .body = [](int) { return alertBody(systemMicroseconds()); },
                                       .requests = webhooks,
                                       .connections = 64,
                                       .perSecond = perSecond});
    if (outcome.refused > 0)
        giveUp(u"%1 webhooks were refused."_s.arg(outcome.refused));
    running.waitUntil([&] { return running.succeeded() == webhooks; });
    return readDelays(path);
}

void run(const Report &report)
{
    const std::vector<double> raw = rawDelays();
    const std::vector<double> delays = engineDelays();
    const auto figure = [&](const char *name, double share, double goal) {
        report({.name = name,
                .value = quantile(delays, share),
                .unit = "ms at 500/s",
                .better = Figure::Better::Lower,
                .limit = quantile(raw, share),
                .against = "posix_spawn of the same command, one after the other",
                .goal = goal,
                .runs = 1});
    };
    figure("webhook_to_process.p50", 0.5, 3);
    figure("webhook_to_process.p99", 0.99, 15);
}

const Add add("webhook_to_process",
              "from a webhook's sending to the first instruction of the program that a rule starts "
              "through the shell",
              run);

} // namespace

} // namespace stormglass::bench
