#include "engine/store/pack_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define PACKS                                                                                      \
    "SELECT id, ref, name, description, version, stackstorm_version, python_versions, author, "    \
    "email, contributors, keywords, dependencies, files, path, metadata FROM pack "

Pack readPack(Row &row)
{
    return {.id = row.id(),
            .ref = row.text(),
            .name = row.text(),
            .description = row.text(),
            .version = row.text(),
            .stackstormVersion = row.text(),
            .pythonVersions = toTextList(row.json()),
            .author = row.text(),
            .email = row.text(),
            .contributors = toTextList(row.json()),
            .keywords = toTextList(row.json()),
            .dependencies = toTextList(row.json()),
            .files = toTextList(row.json()),
            .path = row.text(),
            .metadata = row.json()};
}

#define PROBLEMS "SELECT pack, file, line, message, is_warning FROM pack_problem "

PackProblem readProblem(Row &row)
{
    return {.pack = row.text(),
            .file = row.text(),
            .line = row.number(),
            .message = row.text(),
            .isWarning = row.flag()};
}

ConfigSchema readConfigSchema(Row &row)
{
    return {.id = row.id(), .pack = row.text(), .attributes = row.json()};
}

PackConfig readConfig(Row &row)
{
    return {.id = row.id(), .pack = row.text(), .values = row.json()};
}

} // namespace

Result<> PackStore::add(const Pack &pack)
{
    SG_TRY(m_database.run(
        "INSERT INTO pack (id, ref, name, description, version, stackstorm_version, "
        "python_versions, author, email, contributors, keywords, dependencies, files, path, "
        "metadata) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        pack.id, pack.ref, pack.name, pack.description, pack.version, pack.stackstormVersion,
        fromTextList(pack.pythonVersions), pack.author, pack.email, fromTextList(pack.contributors),
        fromTextList(pack.keywords), fromTextList(pack.dependencies), fromTextList(pack.files),
        pack.path, pack.metadata));
    return {};
}

Result<> PackStore::update(const Pack &pack)
{
    return expectRow(
        m_database.run("UPDATE pack SET ref = ?2, name = ?3, description = ?4, version = ?5, "
                       "stackstorm_version = ?6, python_versions = ?7, author = ?8, email = ?9, "
                       "contributors = ?10, keywords = ?11, dependencies = ?12, files = ?13, "
                       "path = ?14, metadata = ?15 WHERE id = ?1",
                       pack.id, pack.ref, pack.name, pack.description, pack.version,
                       pack.stackstormVersion, fromTextList(pack.pythonVersions), pack.author,
                       pack.email, fromTextList(pack.contributors), fromTextList(pack.keywords),
                       fromTextList(pack.dependencies), fromTextList(pack.files), pack.path,
                       pack.metadata),
        QStringLiteral("pack"), pack.id);
}

Result<> PackStore::remove(const QString &ref)
{
    SG_LET(const std::int64_t removed, m_database.run("DELETE FROM pack WHERE ref = ?1", ref));
    if (removed == 0)
        return failure(ErrorCode::NotFound, QStringLiteral("There is no pack %1.").arg(ref));
    SG_TRY(setProblems(ref, {}));
    SG_TRY(setStamp(ref, {}));
    SG_TRY(removeConfigSchema(ref));
    return removeConfig(ref);
}

Result<std::optional<Pack>> PackStore::find(const Id &id)
{
    return m_database.row(PACKS "WHERE id = ?1", readPack, id);
}

Result<std::optional<Pack>> PackStore::find(const QString &ref)
{
    return m_database.row(PACKS "WHERE ref = ?1", readPack, ref);
}

Result<std::vector<Pack>> PackStore::all()
{
    return m_database.rows(PACKS "ORDER BY ref", readPack);
}

Result<> PackStore::setProblems(const QString &pack, const std::vector<PackProblem> &problems)
{
    SG_TRY(m_database.run("DELETE FROM pack_problem WHERE pack = ?1", pack));
    for (const PackProblem &problem : problems) {
        SG_TRY(m_database.run("INSERT INTO pack_problem (pack, file, line, message, is_warning) "
                              "VALUES (?1, ?2, ?3, ?4, ?5)",
                              pack, problem.file, problem.line, problem.message,
                              problem.isWarning));
    }
    return {};
}

Result<std::vector<PackProblem>> PackStore::problems()
{
    return m_database.rows(PROBLEMS "ORDER BY pack, seq", readProblem);
}

Result<std::vector<PackProblem>> PackStore::problems(const QString &pack)
{
    return m_database.rows(PROBLEMS "WHERE pack = ?1 ORDER BY seq", readProblem, pack);
}

Result<> PackStore::setConfigSchema(const ConfigSchema &schema)
{
    SG_TRY(m_database.run("INSERT INTO config_schema (id, pack, attributes) VALUES (?1, ?2, ?3) "
                          "ON CONFLICT (pack) DO UPDATE SET attributes = excluded.attributes",
                          schema.id, schema.pack, schema.attributes));
    return {};
}

Result<> PackStore::removeConfigSchema(const QString &pack)
{
    SG_TRY(m_database.run("DELETE FROM config_schema WHERE pack = ?1", pack));
    return {};
}

Result<std::optional<ConfigSchema>> PackStore::configSchema(const QString &pack)
{
    return m_database.row("SELECT id, pack, attributes FROM config_schema WHERE pack = ?1",
                          readConfigSchema, pack);
}

Result<std::vector<ConfigSchema>> PackStore::configSchemas()
{
    return m_database.rows("SELECT id, pack, attributes FROM config_schema ORDER BY pack",
                           readConfigSchema);
}

Result<> PackStore::setConfig(const PackConfig &config)
{
    SG_TRY(m_database.run("INSERT INTO pack_config (id, pack, vals) VALUES (?1, ?2, ?3) "
                          "ON CONFLICT (pack) DO UPDATE SET vals = excluded.vals",
                          config.id, config.pack, config.values));
    return {};
}

Result<> PackStore::removeConfig(const QString &pack)
{
    SG_TRY(m_database.run("DELETE FROM pack_config WHERE pack = ?1", pack));
    return {};
}

Result<std::optional<PackConfig>> PackStore::config(const QString &pack)
{
    return m_database.row("SELECT id, pack, vals FROM pack_config WHERE pack = ?1", readConfig,
                          pack);
}

Result<std::vector<PackConfig>> PackStore::configs()
{
    return m_database.rows("SELECT id, pack, vals FROM pack_config ORDER BY pack", readConfig);
}

Result<QString> PackStore::stamp(const QString &pack)
{
    SG_LET(const std::optional<QString> stamp,
           m_database.row(
               "SELECT stamp FROM pack_stamp WHERE pack = ?1", [](Row &row) { return row.text(); },
               pack));
    return stamp.value_or(QString());
}

Result<> PackStore::setStamp(const QString &pack, const QString &stamp)
{
    if (stamp.isEmpty())
        SG_TRY(m_database.run("DELETE FROM pack_stamp WHERE pack = ?1", pack));
    else
        SG_TRY(m_database.run("INSERT INTO pack_stamp (pack, stamp) VALUES (?1, ?2) "
                              "ON CONFLICT (pack) DO UPDATE SET stamp = excluded.stamp",
                              pack, stamp));
    return {};
}

} // namespace stormglass
