#include "engine/store/sensor_type_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define SENSOR_TYPES                                                                               \
    "SELECT id, pack, name, description, enabled, artifact, class_name, trigger_types, "           \
    "poll_interval, metadata_file FROM sensor_type "

const QString noun = QStringLiteral("sensor");

SensorType readSensorType(Row &row)
{
    return {.id = row.id(),
            .ref = {row.text(), row.text()},
            .description = row.text(),
            .enabled = row.flag(),
            .artifact = row.text(),
            .className = row.text(),
            .triggerTypes = toTextList(row.json()),
            .pollInterval = row.realIfAny(),
            .metadataFile = row.text()};
}

} // namespace

Result<> SensorTypeStore::add(const SensorType &type)
{
    SG_TRY(m_database.run(
        "INSERT INTO sensor_type (id, pack, name, description, enabled, artifact, class_name, "
        "trigger_types, poll_interval, metadata_file) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        type.id, type.ref.pack, type.ref.name, type.description, type.enabled, type.artifact,
        type.className, fromTextList(type.triggerTypes), type.pollInterval, type.metadataFile));
    return {};
}

Result<> SensorTypeStore::update(const SensorType &type)
{
    return expectRow(
        m_database.run(
            "UPDATE sensor_type SET pack = ?2, name = ?3, description = ?4, enabled = ?5, "
            "artifact = ?6, class_name = ?7, trigger_types = ?8, poll_interval = ?9, "
            "metadata_file = ?10 WHERE id = ?1",
            type.id, type.ref.pack, type.ref.name, type.description, type.enabled, type.artifact,
            type.className, fromTextList(type.triggerTypes), type.pollInterval, type.metadataFile),
        noun, type.id);
}

Result<> SensorTypeStore::setEnabled(const Id &id, bool enabled)
{
    return expectRow(
        m_database.run("UPDATE sensor_type SET enabled = ?2 WHERE id = ?1", id, enabled), noun, id);
}

Result<> SensorTypeStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM sensor_type WHERE id = ?1", id), noun, id);
}

Result<std::optional<SensorType>> SensorTypeStore::find(const Id &id)
{
    return m_database.row(SENSOR_TYPES "WHERE id = ?1", readSensorType, id);
}

Result<std::optional<SensorType>> SensorTypeStore::find(const Ref &ref)
{
    return m_database.row(SENSOR_TYPES "WHERE pack = ?1 AND name = ?2", readSensorType, ref.pack,
                          ref.name);
}

Result<std::vector<SensorType>> SensorTypeStore::all()
{
    return m_database.rows(SENSOR_TYPES "ORDER BY pack, name", readSensorType);
}

Result<std::vector<SensorType>> SensorTypeStore::ofPack(const QString &pack)
{
    return m_database.rows(SENSOR_TYPES "WHERE pack = ?1 ORDER BY name", readSensorType, pack);
}

} // namespace stormglass
