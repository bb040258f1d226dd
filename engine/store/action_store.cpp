#include "engine/store/action_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define ACTIONS                                                                                    \
    "SELECT id, pack, name, description, enabled, runner_type, entry_point, parameters, "          \
    "output_schema, notify, tags, metadata_file FROM action "

const QString noun = QStringLiteral("action");

Action readAction(Row &row)
{
    return {.id = row.id(),
            .ref = {row.text(), row.text()},
            .description = row.text(),
            .enabled = row.flag(),
            .runnerType = row.text(),
            .entryPoint = row.text(),
            .parameters = row.json(),
            .outputSchema = row.json(),
            .notify = row.json(),
            .tags = row.json(),
            .metadataFile = row.text()};
}

} // namespace

Result<> ActionStore::add(const Action &action)
{
    SG_TRY(m_database.run(
        "INSERT INTO action (id, pack, name, description, enabled, runner_type, entry_point, "
        "parameters, output_schema, notify, tags, metadata_file) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        action.id, action.ref.pack, action.ref.name, action.description, action.enabled,
        action.runnerType, action.entryPoint, action.parameters, action.outputSchema, action.notify,
        action.tags, action.metadataFile));
    return {};
}

Result<> ActionStore::update(const Action &action)
{
    return expectRow(
        m_database.run("UPDATE action SET pack = ?2, name = ?3, description = ?4, enabled = ?5, "
                       "runner_type = ?6, entry_point = ?7, parameters = ?8, output_schema = ?9, "
                       "notify = ?10, tags = ?11, metadata_file = ?12 WHERE id = ?1",
                       action.id, action.ref.pack, action.ref.name, action.description,
                       action.enabled, action.runnerType, action.entryPoint, action.parameters,
                       action.outputSchema, action.notify, action.tags, action.metadataFile),
        noun, action.id);
}

Result<> ActionStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM action WHERE id = ?1", id), noun, id);
}

Result<std::optional<Action>> ActionStore::find(const Id &id)
{
    return m_database.row(ACTIONS "WHERE id = ?1", readAction, id);
}

Result<std::optional<Action>> ActionStore::find(const Ref &ref)
{
    return m_database.row(ACTIONS "WHERE pack = ?1 AND name = ?2", readAction, ref.pack, ref.name);
}

Result<std::vector<Action>> ActionStore::all()
{
    return m_database.rows(ACTIONS "ORDER BY pack, name", readAction);
}

Result<std::vector<Action>> ActionStore::ofPack(const QString &pack)
{
    return m_database.rows(ACTIONS "WHERE pack = ?1 ORDER BY name", readAction, pack);
}

Result<std::vector<Ref>> ActionStore::refs()
{
    return m_database.rows("SELECT pack, name FROM action", [](Row &row) {
        return Ref{row.text(), row.text()};
    });
}

} // namespace stormglass
