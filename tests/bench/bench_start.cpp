#include "tests/bench/bench.h"
#include "tests/bench/raw_process.h"
#include "tests/bench/running_engine.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <csignal>
#include <cstdio>
#include <future>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int runs = 5;
constexpr auto idleFor = std::chrono::seconds(2);
constexpr double megabyte = 1024 * 1024;

std::string program(const char *name)
{
    return (QCoreApplication::applicationDirPath() + u'/' + QLatin1String(name)).toStdString();
}

// Milliseconds from Engine::start to the first answer.
double engineStart(const QString &folder)
{
    const Settings settings = benchSettings(folder);
    const SystemClock clock;
    const Stopwatch watch;
    const std::unique_ptr<Engine> engine = take(Engine::start(settings, clock));
    std::promise<void> answered;
    engine->handle(
        {.verb = Verb::Get, .path = u"/api/v1/rules"_s, .credential = Credential::localOwner()},
        [&](const Result<Response> &answer) {
            if (!answer)
                giveUp(answer.error().message);
            answered.set_value();
        });
    answered.get_future().wait();
    return watch.seconds() * 1e3;
}

struct ProgramStart
{
    double milliseconds = 0;
    double idleMemory = 0;
};

// From a program's start to its line `ready`, then idle for a while.
ProgramStart programStart(const std::vector<std::string> &command, std::chrono::seconds idle)
{
    int ends[2];
    if (pipe(ends) != 0)
        giveUp(u"No pipe can be made."_s);
    const Stopwatch watch;
    const pid_t process = startProcess(command, ends[1]);
    ::close(ends[1]);
    char line[256];
    const ssize_t count = ::read(ends[0], line, sizeof line);
    const double milliseconds = watch.seconds() * 1e3;
    if (count < 6 || std::string_view(line, 6) != "ready ")
        giveUp(u"%1 did not become ready."_s.arg(QString::fromStdString(command.front())));
    std::this_thread::sleep_for(idle);
    const double memory = residentMemory(process);
    ::kill(process, SIGTERM);
    waitFor(process);
    ::close(ends[0]);
    return {milliseconds, memory};
}

ProgramStart daemonStart(const QString &folder, std::chrono::seconds idle)
{
    return programStart(
        {program("stormglassd"), "--data", folder.toStdString(), "--listen", "127.0.0.1:0"}, idle);
}

std::vector<double> repeated(const std::function<double()> &measure)
{
    std::vector<double> found;
    for (int run = 0; run < runs; ++run)
        found.push_back(measure());
    return found;
}

void reportStart(const Report &report, const char *name, const std::vector<double> &times,
                 double limit, const char *against)
{
    report({.name = name,
            .value = median(times),
            .unit = "ms",
            .better = Figure::Better::Lower,
            .limit = limit,
            .against = against,
            .goal = 400,
            .runs = runs});
}

void runEngineStart(const Report &report)
{
    const double bare = median(repeated([] {
        return median(processTimes({program("stormglassd"), "--version"}, 3)) * 1e3;
    }));
    const char *against = "stormglassd --version: the same program, which loads and ends";
    const QTemporaryDir used;
    engineStart(used.path());
    reportStart(report, "start.engine_fresh", repeated([] {
                    const QTemporaryDir fresh;
                    return engineStart(fresh.path());
                }),
                bare, against);
    reportStart(report, "start.engine_used", repeated([&] { return engineStart(used.path()); }),
                bare, against);
    const QTemporaryDir data;
    daemonStart(data.path(), std::chrono::seconds(0));
    reportStart(report, "start.daemon_ready", repeated([&] {
                    return daemonStart(data.path(), std::chrono::seconds(0)).milliseconds;
                }),
                bare, against);
}

void reportMemory(const Report &report, const char *name, double bytes, double limit,
                  const char *against, double goal)
{
    report({.name = name,
            .value = bytes / megabyte,
            .unit = "MB resident",
            .better = Figure::Better::Lower,
            .limit = limit / megabyte,
            .against = against,
            .goal = goal,
            .runs = 1});
}

void runMemory(const Report &report)
{
    const QTemporaryDir data;
    daemonStart(data.path(), std::chrono::seconds(0));
    const double bare = waitFor(startProcess({program("stormglassd"), "--version"})).memory;
    reportMemory(report, "memory.daemon_idle", daemonStart(data.path(), idleFor).idleMemory, bare,
                 "stormglassd --version: the same program, which loads and ends", 40);
}

// A screen that is there (a person's, or Xvfb's) is used: it costs what users pay.
void paintWithoutAScreen()
{
    if (!qEnvironmentVariableIsSet("DISPLAY") && !qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

// The console where it is built.
void runConsole(const Report &report)
{
    const std::string console = program("stormglass");
    if (!QFileInfo::exists(QString::fromStdString(console))) {
        std::fprintf(stderr, "stormglass-bench: no figures of the console, which is not built.\n");
        return;
    }
    paintWithoutAScreen();
    const QTemporaryDir folder;
    const std::string data = folder.path().toStdString();
    const auto start = [&](std::chrono::seconds idle) {
        return programStart({console, "--data", data, "--listen", "127.0.0.1:0"}, idle);
    };
    start(std::chrono::seconds(0));
    const double bare = median(processTimes({console, "--version"}, runs)) * 1e3;
    // Until the first page is painted with what the engine holds.
    reportStart(report, "console.usable",
                repeated([&] { return start(std::chrono::seconds(0)).milliseconds; }), bare,
                "stormglass --version: the same program, which loads and ends");
    const double bareMemory = waitFor(startProcess({console, "--version"})).memory;
    reportMemory(report, "console.idle_memory", start(idleFor + idleFor).idleMemory, bareMemory,
                 "stormglass --version: the same program, which loads and ends", 120);
}

const Add addStart("start", "from nothing to the first answer", runEngineStart);
const Add addMemory("memory", "what the daemon keeps while nothing happens", runMemory);
const Add
    addConsole("console",
               "the window, where it is built; xvfb-run gives it a screen where there is none",
               runConsole);

} // namespace

} // namespace stormglass::bench
