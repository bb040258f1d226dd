#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>

namespace stormglass {

// Everything an operator may set, typed, with defaults; read once, checked as a whole, handed down
// by value. Precedence: defaults, `stormglass.yaml` in the data folder, environment (STORMGLASS_…),
// command line.
struct Settings
{
    static constexpr int version = 1;

    // Where the database, logs and what a person's packs bring are kept.
    QString dataFolder;
    // Folders whose subfolders are packs; later ones win over earlier ones of the same name.
    QStringList packFolders;
    // Packs' configurations, and what is said of their content without touching it; empty:
    // `configs` and `overrides` in the data folder.
    QString configFolder;
    QString overridesFolder;
    // Python packages that host pack code (resources/python).
    QString pythonFolder;
    // The interpreter for packs without an environment of their own.
    QString python = QStringLiteral("python3");

    // HTTP: empty address serves nothing.
    QString listenAddress = QStringLiteral("127.0.0.1");
    quint16 port = 9101;
    // Answer requests without a credential as the owner. Only ever on loopback.
    bool requireCredential = true;
    // Names the Host header may have beside loopback ones.
    QStringList hostNames;
    std::int64_t webhookBodyLimit = 4LL * 1024 * 1024;

    // Executions that run at once; the rest waits as scheduled.
    int runnerSlots = 16;
    std::chrono::milliseconds defaultTimeout{60'000};
    std::chrono::milliseconds stopDeadline{10'000};
    // The key file of a StackStorm, used as it is; empty: one of the data folder, made when needed.
    QString datastoreKey;
    // The key itself, from the keychain of whoever runs the console; in no file and no environment.
    Value keychainKey;
    // User that rules and timers act for.
    QString systemUser = QStringLiteral("stanley");

    // Whether payloads and parameters that their trigger type does not allow are refused.
    bool validateTriggerPayload = true;
    bool validateTriggerParameters = true;
    // Ends of executions that raise core.st2.generic.actiontrigger.
    QStringList actionTriggerWhen{QStringLiteral("succeeded"), QStringLiteral("failed"),
                                  QStringLiteral("timeout"), QStringLiteral("canceled"),
                                  QStringLiteral("abandoned")};

    // Catalogues of packs (addresses or files; the first has priority), how long an answer is
    // taken for fresh, and mirrors: `https://github.com/=https://mirror.example/`.
    QStringList packIndexes{QStringLiteral("https://index.stackstorm.org/v1/index.json")};
    std::chrono::minutes packIndexAge{60};
    QStringList packMirrors;
    // What pip installs the requirements of packs from: a folder of wheels, nothing else than that,
    // another package index.
    QString wheelsFolder;
    bool pipOffline = false;
    QString pipIndex;
    // How catalogues, repositories and package indexes are reached.
    QString httpProxy;
    QString httpsProxy;
    QString noProxy = QStringLiteral("localhost, 127.0.0.1");
    QString proxyCertificates;
    std::chrono::seconds packCommandTimeout{600};

    // History older than this is removed; zero keeps it for ever.
    std::chrono::hours keepTriggerInstances{24 * 7};
    std::chrono::hours keepVerdicts{24 * 7};
    std::chrono::hours keepEnforcements{24 * 7};
    std::chrono::hours keepExecutions{24 * 30};
    std::chrono::hours keepOutput{24 * 7};
    std::chrono::hours keepTraces{24 * 30};
    // After they have expired; zero is at once.
    std::chrono::hours keepTokens{24};
    // Where the database would hold more, the oldest history goes before its time; zero is no
    // limit.
    std::int64_t historyMegabytes = 4 * 1024;

    QString configs() const
    {
        return configFolder.isEmpty() ? dataFolder + QStringLiteral("/configs") : configFolder;
    }
    QString overrides() const
    {
        return overridesFolder.isEmpty() ? dataFolder + QStringLiteral("/overrides")
                                         : overridesFolder;
    }
    QString databaseFile() const { return dataFolder + QStringLiteral("/stormglass.db"); }
    QString datastoreKeyFile() const
    {
        return datastoreKey.isEmpty() ? dataFolder + QStringLiteral("/datastore.key")
                                      : contentPath(datastoreKey);
    }
    // Says that the key is in a keychain.
    QString datastoreKeyMarker() const
    {
        return datastoreKey.isEmpty() ? dataFolder + QStringLiteral("/datastore.keychain")
                                      : QString();
    }
    // Absolute form of a path that pack content gives: relative ones are below the data folder.
    QString contentPath(const QString &path) const;
};

// The settings file and the environment over the defaults. Invalid with the member at fault in
// `place`.
Result<Settings> readSettings(const QString &dataFolder, const QProcessEnvironment &environment);

// What holds for the whole, once the command line was applied too.
Result<> checkSettings(const Settings &settings);

} // namespace stormglass
