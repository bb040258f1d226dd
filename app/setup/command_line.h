#pragma once

#include "engine/base/result.h"
#include "engine/host/settings.h"

#include <QStringList>

#include <optional>

namespace stormglass {

// What both programs take from their command line: `--data DIR --listen ADDRESS:PORT --packs DIR…`.
struct CommandLine
{
    Settings settings;
    // Only `stormglassd apikey create`.
    bool createsApiKey = false;
    QString user;
    // Only `stormglassd key import FILE`.
    QString importedKeyFile;
    // Only `stormglass`.
    QString connectUrl;
    QString screenshotFile;
    QString page;
    QString theme;
    bool putsKeyIntoFile = false;
    // Text to print instead of running: help or version.
    std::optional<QString> answer;
};

enum class ProgramKind { Console, Daemon };

// Settings of file and environment with the command line laid over them. Invalid says what is wrong
// and how to get help.
Result<CommandLine> readCommandLine(ProgramKind kind, const QStringList &arguments);

// The folder that holds `packs/` and `resources/`: beside the sources for a build, below share/
// once installed.
QString sharedFolder();

} // namespace stormglass
