#include "app/setup/command_line.h"
#include "app/setup/http_door.h"
#include "app/setup/signals.h"
#include "engine/base/thread_name.h"
#include "engine/host/datastore_key.h"
#include "engine/host/engine.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

int complain(const Error &error)
{
    std::fprintf(stderr, "stormglassd: %s\n", qPrintable(error.message));
    return 1;
}

int printApiKey(const CommandLine &line, const Clock &clock)
{
    const Result<QString> key = createApiKey(line.settings, clock, line.user);
    if (!key)
        return complain(key.error());
    std::printf("%s\n", qPrintable(*key));
    return 0;
}

int importKey(const CommandLine &line, const Clock &clock)
{
    const Result<int> count = importDatastoreKey(line.settings, clock, line.importedKeyFile);
    if (!count)
        return complain(count.error());
    std::printf("The key was taken; %d values were encrypted anew.\n", *count);
    return 0;
}

int serve(QCoreApplication &application, const CommandLine &line, const Clock &clock)
{
    const Result<std::unique_ptr<Engine>> engine = Engine::start(line.settings, clock);
    if (!engine)
        return complain(engine.error());
    Result<std::unique_ptr<HttpDoor>> door = HttpDoor::open(**engine, line.settings);
    if (!door)
        return complain(door.error());
    (*engine)->settle();
    std::printf("ready %s\n", qPrintable((*door)->url()));
    std::fflush(stdout);

    const int status = application.exec();
    // Nobody asks any more when the engine stops.
    door->reset();
    (*engine)->stop();
    return status;
}

} // namespace

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    QCoreApplication::setApplicationName(u"stormglass"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SG_VERSION));
    nameThisThread(ThreadName::Main);

    const Result<CommandLine> line = readCommandLine(ProgramKind::Daemon, application.arguments());
    if (!line)
        return complain(line.error());
    if (line->answer) {
        std::printf("%s", qPrintable(*line->answer));
        return 0;
    }
    const SystemClock clock;
    if (line->createsApiKey)
        return printApiKey(*line, clock);
    if (!line->importedKeyFile.isEmpty())
        return importKey(*line, clock);
    const StopSignals signalHandler([&application] { application.quit(); });
    return serve(application, *line, clock);
}
