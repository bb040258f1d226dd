#include "engine/store/alias_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define ALIASES                                                                                    \
    "SELECT id, pack, name, description, enabled, action_ref, formats, ack, result, extra, "       \
    "immutable_parameters, metadata_file FROM action_alias "

const QString noun = QStringLiteral("action alias");

ActionAlias readAlias(Row &row)
{
    return {.id = row.id(),
            .ref = {row.text(), row.text()},
            .description = row.text(),
            .enabled = row.flag(),
            .action = row.ref(),
            .formats = row.json(),
            .ack = row.json(),
            .result = row.json(),
            .extra = row.json(),
            .immutableParameters = row.json(),
            .metadataFile = row.text()};
}

} // namespace

Result<> AliasStore::add(const ActionAlias &alias)
{
    SG_TRY(m_database.run(
        "INSERT INTO action_alias (id, pack, name, description, enabled, action_ref, formats, ack, "
        "result, extra, immutable_parameters, metadata_file) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        alias.id, alias.ref.pack, alias.ref.name, alias.description, alias.enabled, alias.action,
        alias.formats, alias.ack, alias.result, alias.extra, alias.immutableParameters,
        alias.metadataFile));
    return {};
}

Result<> AliasStore::update(const ActionAlias &alias)
{
    return expectRow(
        m_database.run(
            "UPDATE action_alias SET pack = ?2, name = ?3, description = ?4, enabled = ?5, "
            "action_ref = ?6, formats = ?7, ack = ?8, result = ?9, extra = ?10, "
            "immutable_parameters = ?11, metadata_file = ?12 WHERE id = ?1",
            alias.id, alias.ref.pack, alias.ref.name, alias.description, alias.enabled,
            alias.action, alias.formats, alias.ack, alias.result, alias.extra,
            alias.immutableParameters, alias.metadataFile),
        noun, alias.id);
}

Result<> AliasStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM action_alias WHERE id = ?1", id), noun, id);
}

Result<std::optional<ActionAlias>> AliasStore::find(const Id &id)
{
    return m_database.row(ALIASES "WHERE id = ?1", readAlias, id);
}

Result<std::optional<ActionAlias>> AliasStore::find(const Ref &ref)
{
    return m_database.row(ALIASES "WHERE pack = ?1 AND name = ?2", readAlias, ref.pack, ref.name);
}

Result<std::vector<ActionAlias>> AliasStore::named(const QString &name)
{
    return m_database.rows(ALIASES "WHERE name = ?1 ORDER BY pack", readAlias, name);
}

Result<std::vector<ActionAlias>> AliasStore::all()
{
    return m_database.rows(ALIASES "ORDER BY pack, name", readAlias);
}

Result<std::vector<ActionAlias>> AliasStore::ofPack(const QString &pack)
{
    return m_database.rows(ALIASES "WHERE pack = ?1 ORDER BY name", readAlias, pack);
}

} // namespace stormglass
