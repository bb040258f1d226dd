#pragma once

#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace stormglass {

// How this program reaches what is outside of it: catalogues, repositories, package indexes.
struct NetworkSettings
{
    QString httpProxy;
    QString httpsProxy;
    QString noProxy{QStringLiteral("localhost, 127.0.0.1")};
    // A file of certificates to trust beside the system's.
    QString certificates;

    friend bool operator==(const NetworkSettings &, const NetworkSettings &) = default;
};

// What an operator may say about how packs come; a plain value, checked by whoever fills it.
struct PackagingSettings
{
    // Everything of packaging is below it: see PackageLayout.
    QString dataFolder;
    // Folders whose subfolders are packs, in the order in which they are searched.
    QStringList packFolders;
    QString python{QStringLiteral("/usr/bin/python3")};
    // The folder resources/python.
    QString pythonFolder;

    // Catalogues of packs: http, https, file, or a path. The first has priority.
    QStringList indexes{QStringLiteral("https://index.stackstorm.org/v1/index.json")};
    std::chrono::minutes indexAge{60};
    // Beginnings of addresses, and what stands there instead: a mirror.
    std::vector<std::pair<QString, QString>> mirrors;

    // A folder of wheels that pip looks into, and whether it may look anywhere else.
    QString wheels;
    bool offline = false;
    // Address of a package index instead of pip's own.
    QString pipIndex;
    // Asked for each command: the configuration of the pack `packs` may change.
    std::function<NetworkSettings()> network = [] { return NetworkSettings(); };

    // Of one command: a clone, an installation of requirements.
    std::chrono::seconds commandTimeout{600};
    std::int64_t packBytes = 512LL * 1024 * 1024;
    int packFiles = 50'000;
    std::int64_t indexBytes = 64LL * 1024 * 1024;
};

} // namespace stormglass
