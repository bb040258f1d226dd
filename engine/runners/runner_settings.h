#pragma once

#include "engine/processes/environment.h"

#include <cstdint>

namespace stormglass {

// What runners need to know of the program they run in; a plain value, checked by whoever fills it.
struct RunnerSettings
{
    // Whom commands run as; through sudo where that is another than `processUser`, the program's
    // own.
    QString systemUser;
    QString processUser;
    // The interpreter of packs without a virtual environment; those are in `virtualenvs`/<pack>.
    QString interpreter{QStringLiteral("/usr/bin/python3")};
    QString virtualenvs;
    // Folders that hold packs, and the one that holds their configurations.
    QStringList packFolders;
    QString configFolder;
    // What every child starts from.
    Environment environment;
    // Bytes of standard output and of standard error, each, that become part of a result.
    std::int64_t outputLimit = 4LL * 1024 * 1024;
    // Bytes of the body of an HTTP answer.
    std::int64_t bodyLimit = 16LL * 1024 * 1024;
    // The StackStorm version that peers are told.
    QString version{QStringLiteral("3.10.0")};
};

} // namespace stormglass
