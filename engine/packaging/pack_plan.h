#pragma once

#include "engine/base/value.h"
#include "engine/packaging/pack_content.h"
#include "engine/packaging/pack_source.h"

#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace stormglass {

// What would become of one pack.
enum class PackChange { Install, Upgrade, Downgrade, Reinstall, RollBack, Remove, NewEnvironment };
QString text(PackChange change);

struct PlannedPack
{
    QString ref = {};
    QString name = {};
    PackChange change = PackChange::Install;
    // Empty where there is none.
    QString fromVersion = {};
    QString toVersion = {};
    // As it may be shown, and the commit that was taken.
    QString source = {};
    QString revision = {};
    // The pack that depends on it; empty for one that was asked for.
    QString neededBy = {};
    std::map<QString, ContentChange> content = {};
    ContentChange requirements = {};
    // What its code imports without asking for it; installed if it can be had.
    QStringList provided = {};
    bool needsEnvironment = false;
    // What elsewhere stops working: rules whose trigger or action goes, packs that depend on it.
    QStringList affected = {};
    QStringList warnings = {};
    // The member `system` of pack.yaml: what it wants of this machine. For people.
    Value system = {};
    // Where the fetched folder waits, absolute; empty where nothing was fetched.
    QString staged = {};
    // Numbers of the fetched folder, and of the installed one when this was planned; 0 if there was
    // none. They tell whether the plan still fits, and after a crash what was moved already.
    std::uint64_t stagedFolder = 0;
    std::uint64_t installedFolder = 0;
    // Set when folders begin to move: the environment that will be in use (empty: none), what will
    // be known of where the pack came from, and what will be kept of the version before it.
    QString environment = {};
    Value origin = {};
    Value previous = {};

    friend bool operator==(const PlannedPack &, const PlannedPack &) = default;
};

// What an operation would do, before it does anything.
struct Plan
{
    // In the order in which they are done: those that others depend on first.
    std::vector<PlannedPack> packs;
    // Versions that cannot be had together; then nothing is done.
    QStringList conflicts;
    // Source → why it cannot be installed. The others still can.
    std::vector<std::pair<QString, QString>> failures;

    friend bool operator==(const Plan &, const Plan &) = default;
};

Value toJson(const PlannedPack &pack);
Value toJson(const Plan &plan);
// What toJson wrote; members it does not know are defaults.
Plan planFromJson(const Value &document);

// The number of a folder on its file system, which it keeps when it is renamed; 0 if there is none.
std::uint64_t folderNumber(const QString &path);

} // namespace stormglass
