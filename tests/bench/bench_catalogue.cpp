#include "tests/bench/bench.h"
#include "tests/bench/measuring.h"

#include "engine/host/engine.h"
#include "tests/support/exchange_catalogue.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>

namespace stormglass::bench {

namespace {

// From nothing, or from an empty database, to the last pack registered.
double secondsToRegister(const Settings &settings, const Clock &clock)
{
    QElapsedTimer timer;
    timer.start();
    const std::unique_ptr<Engine> engine = take(Engine::start(settings, clock));
    engine->settle();
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

void run(const Report &report)
{
    const QString archive = catalogueArchive();
    if (archive.isEmpty()) {
        std::fprintf(stderr, "catalogue: no archive; STORMGLASS_CATALOGUE may name it.\n");
        return;
    }
    QTemporaryDir folder;
    Settings settings;
    settings.dataFolder = folder.filePath(QStringLiteral("data"));
    settings.packFolders = {folder.filePath(QStringLiteral("packs"))};
    const SystemClock clock;
    if (!unpackCatalogue(archive, settings.packFolders[0]))
        return;
    report({.name = "catalogue.cold",
            .value = secondsToRegister(settings, clock),
            .unit = "s",
            .better = Figure::Better::Lower,
            .goal = 5});
    report({.name = "catalogue.unchanged",
            .value = secondsToRegister(settings, clock),
            .unit = "s",
            .better = Figure::Better::Lower,
            .goal = 0.5});
}

const Add add("catalogue", "169 packs with 10,244 actions registered, and looked at again", run);

} // namespace

} // namespace stormglass::bench
