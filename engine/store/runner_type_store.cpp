#include "engine/store/runner_type_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define RUNNER_TYPES                                                                               \
    "SELECT id, name, description, enabled, runner_package, runner_module, parameters, "           \
    "output_key, output_schema FROM runner_type "

RunnerType readRunnerType(Row &row)
{
    return {.id = row.id(),
            .name = row.text(),
            .description = row.text(),
            .enabled = row.flag(),
            .package = row.text(),
            .module = row.text(),
            .parameters = row.json(),
            .outputKey = row.text(),
            .outputSchema = row.json()};
}

} // namespace

Result<> RunnerTypeStore::add(const RunnerType &type)
{
    SG_TRY(m_database.run(
        "INSERT INTO runner_type (id, name, description, enabled, runner_package, runner_module, "
        "parameters, output_key, output_schema) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        type.id, type.name, type.description, type.enabled, type.package, type.module,
        type.parameters, type.outputKey, type.outputSchema));
    return {};
}

Result<> RunnerTypeStore::update(const RunnerType &type)
{
    return expectRow(
        m_database.run("UPDATE runner_type SET name = ?2, description = ?3, enabled = ?4, "
                       "runner_package = ?5, runner_module = ?6, parameters = ?7, output_key = ?8, "
                       "output_schema = ?9 WHERE id = ?1",
                       type.id, type.name, type.description, type.enabled, type.package,
                       type.module, type.parameters, type.outputKey, type.outputSchema),
        QStringLiteral("runner type"), type.id);
}

Result<std::optional<RunnerType>> RunnerTypeStore::find(const Id &id)
{
    return m_database.row(RUNNER_TYPES "WHERE id = ?1", readRunnerType, id);
}

Result<std::optional<RunnerType>> RunnerTypeStore::find(const QString &name)
{
    return m_database.row(RUNNER_TYPES
                          "WHERE name IN (?1, replace(?1, '_', '-')) ORDER BY name = ?1 DESC",
                          readRunnerType, name);
}

Result<std::vector<RunnerType>> RunnerTypeStore::all()
{
    return m_database.rows(RUNNER_TYPES "ORDER BY name", readRunnerType);
}

} // namespace stormglass
