#pragma once

#include "engine/model/pack.h"
#include "engine/store/database.h"

namespace stormglass {

// Packs, their health, their config schemas and configs. Thread: its database's.
class PackStore
{
public:
    explicit PackStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const Pack &pack);
    Result<> update(const Pack &pack);
    // With its problems, config schema and config; other content has stores of its own.
    Result<> remove(const QString &ref);
    Result<std::optional<Pack>> find(const Id &id);
    Result<std::optional<Pack>> find(const QString &ref);
    // By ref.
    Result<std::vector<Pack>> all();

    // Replaces what was known to be wrong with a pack.
    Result<> setProblems(const QString &pack, const std::vector<PackProblem> &problems);
    Result<std::vector<PackProblem>> problems();
    Result<std::vector<PackProblem>> problems(const QString &pack);

    // Keeps the id of one that is there already.
    Result<> setConfigSchema(const ConfigSchema &schema);
    Result<> removeConfigSchema(const QString &pack);
    Result<std::optional<ConfigSchema>> configSchema(const QString &pack);
    Result<std::vector<ConfigSchema>> configSchemas();

    Result<> setConfig(const PackConfig &config);
    Result<> removeConfig(const QString &pack);
    Result<std::optional<PackConfig>> config(const QString &pack);
    Result<std::vector<PackConfig>> configs();

    // What the pack's files looked like when they were registered; empty if that is not known.
    Result<QString> stamp(const QString &pack);
    // An empty one is forgotten.
    Result<> setStamp(const QString &pack, const QString &stamp);

private:
    Database &m_database;
};

} // namespace stormglass
