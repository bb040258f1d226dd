#pragma once

#include "engine/packs/content_files.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace stormglass {

// Where what belongs to packs but lies outside their folders is; either may be empty: then there is
// none.
struct ContentFolders
{
    // `<pack>.yaml`: values of configurations.
    QString configs;
    QString overrides;

    QString configFile(const QString &pack) const
    {
        return configs.isEmpty() ? QString() : configs + u'/' + pack + QStringLiteral(".yaml");
    }
};

using RunnerTypesByName = QHash<QString, RunnerType>;

// One pack to be read.
struct PackOrder
{
    QString folder;
    ContentFolders folders = {};
    std::shared_ptr<const RunnerTypesByName> runnerTypes = {};
    // What its files looked like when they were registered last; empty: they are read whatever they
    // look like.
    QString knownStamp = {};
    std::uint64_t number = 0;
};

// A pack's files, read, checked and made into nouns without ids: all that registration needs but
// the rows. What is at fault is among the problems and keeps out only itself.
struct ReadPack
{
    QString folder = {};
    // Content is keyed by the folder's name (content.md 3.1).
    QString name = {};
    QString stamp = {};
    // The number of its order.
    std::uint64_t order = 0;
    // Nothing was read, for nothing changed.
    bool isUnchanged = false;
    // None if the manifest is at fault.
    std::optional<Pack> pack = {};
    std::optional<ConfigSchema> configSchema = {};
    // Its values, as written.
    std::optional<Value> config = {};
    std::vector<TriggerType> triggerTypes = {};
    std::vector<SensorType> sensors = {};
    std::vector<Action> actions = {};
    std::vector<Rule> rules = {};
    std::vector<ActionAlias> aliases = {};
    std::vector<Policy> policies = {};
    std::vector<PackProblem> problems = {};
    // Files that are there and cannot be taken: what they described before stays as it was.
    QSet<QString> faulty = {};
    // How many files of a kind said one thing and the overrides another.
    QHash<QString, int> overridden = {};

    // Keeps a file out, telling why and on which line.
    void refuse(const QString &file, const Error &error);
    void warn(const QString &file, const QStringList &warnings);
};

// Thread: any.
ReadPack readPack(const PackOrder &order);

} // namespace stormglass
