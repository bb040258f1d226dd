#include "engine/store/trigger_store.h"

#include "engine/model/uid.h"
#include "engine/store/column.h"

namespace stormglass {

namespace {

#define TYPES                                                                                      \
    "SELECT id, pack, name, description, payload_schema, parameters_schema, tags, metadata_file "  \
    "FROM trigger_type "
#define TRIGGERS                                                                                   \
    "SELECT id, pack, name, trigger_type, parameters, description, reference_count FROM trigger "

TriggerType readType(Row &row)
{
    return {.id = row.id(),
            .ref = {row.text(), row.text()},
            .description = row.text(),
            .payloadSchema = row.json(),
            .parametersSchema = row.json(),
            .tags = row.json(),
            .metadataFile = row.text()};
}

Trigger readTrigger(Row &row)
{
    return {.id = row.id(),
            .ref = {row.text(), row.text()},
            .type = row.ref(),
            .parameters = row.json(),
            .description = row.text(),
            .references = row.number()};
}

} // namespace

Result<> TriggerStore::addType(const TriggerType &type)
{
    SG_TRY(m_database.run(
        "INSERT INTO trigger_type (id, pack, name, description, payload_schema, "
        "parameters_schema, tags, metadata_file) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        type.id, type.ref.pack, type.ref.name, type.description, type.payloadSchema,
        type.parametersSchema, type.tags, type.metadataFile));
    return {};
}

Result<> TriggerStore::updateType(const TriggerType &type)
{
    return expectRow(
        m_database.run("UPDATE trigger_type SET pack = ?2, name = ?3, description = ?4, "
                       "payload_schema = ?5, parameters_schema = ?6, tags = ?7, metadata_file = ?8 "
                       "WHERE id = ?1",
                       type.id, type.ref.pack, type.ref.name, type.description, type.payloadSchema,
                       type.parametersSchema, type.tags, type.metadataFile),
        QStringLiteral("trigger type"), type.id);
}

Result<> TriggerStore::removeType(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM trigger_type WHERE id = ?1", id),
                     QStringLiteral("trigger type"), id);
}

Result<std::optional<TriggerType>> TriggerStore::type(const Id &id)
{
    return m_database.row(TYPES "WHERE id = ?1", readType, id);
}

Result<std::optional<TriggerType>> TriggerStore::type(const Ref &ref)
{
    return m_database.row(TYPES "WHERE pack = ?1 AND name = ?2", readType, ref.pack, ref.name);
}

Result<std::vector<TriggerType>> TriggerStore::types()
{
    return m_database.rows(TYPES "ORDER BY pack, name", readType);
}

Result<std::vector<TriggerType>> TriggerStore::typesOfPack(const QString &pack)
{
    return m_database.rows(TYPES "WHERE pack = ?1 ORDER BY name", readType, pack);
}

Result<std::vector<Ref>> TriggerStore::typeRefs()
{
    return m_database.rows("SELECT pack, name FROM trigger_type", [](Row &row) {
        return Ref{row.text(), row.text()};
    });
}

Result<> TriggerStore::add(const Trigger &trigger)
{
    SG_TRY(m_database.run(
        "INSERT INTO trigger (id, pack, name, trigger_type, parameters, parameters_hash, "
        "description, reference_count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        trigger.id, trigger.ref.pack, trigger.ref.name, trigger.type, trigger.parameters,
        hashOf(trigger.parameters), trigger.description, trigger.references));
    return {};
}

Result<> TriggerStore::update(const Trigger &trigger)
{
    return expectRow(
        m_database.run(
            "UPDATE trigger SET pack = ?2, name = ?3, trigger_type = ?4, parameters = ?5, "
            "parameters_hash = ?6, description = ?7 WHERE id = ?1",
            trigger.id, trigger.ref.pack, trigger.ref.name, trigger.type, trigger.parameters,
            hashOf(trigger.parameters), trigger.description),
        QStringLiteral("trigger"), trigger.id);
}

Result<> TriggerStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM trigger WHERE id = ?1", id),
                     QStringLiteral("trigger"), id);
}

Result<std::optional<Trigger>> TriggerStore::find(const Id &id)
{
    return m_database.row(TRIGGERS "WHERE id = ?1", readTrigger, id);
}

Result<std::optional<Trigger>> TriggerStore::find(const Ref &ref)
{
    return m_database.row(TRIGGERS "WHERE pack = ?1 AND name = ?2", readTrigger, ref.pack,
                          ref.name);
}

Result<std::optional<Trigger>> TriggerStore::find(const Ref &type, const Value &parameters)
{
    SG_LET(const std::vector<Trigger> candidates,
           m_database.rows(TRIGGERS "WHERE trigger_type = ?1 AND parameters_hash = ?2 ORDER BY seq",
                           readTrigger, type, hashOf(parameters)));
    for (const Trigger &candidate : candidates) {
        if (candidate.parameters == parameters)
            return candidate;
    }
    return std::nullopt;
}

Result<std::vector<Trigger>> TriggerStore::all()
{
    return m_database.rows(TRIGGERS "ORDER BY pack, name", readTrigger);
}

Result<std::vector<Trigger>> TriggerStore::ofType(const Ref &type)
{
    return m_database.rows(TRIGGERS "WHERE trigger_type = ?1 ORDER BY seq", readTrigger, type);
}

Result<int> TriggerStore::changeReferences(const Id &id, int difference)
{
    SG_LET(const std::optional<int> now,
           m_database.row(
               "UPDATE trigger SET reference_count = reference_count + ?2 WHERE id = ?1 "
               "RETURNING reference_count",
               [](Row &row) { return row.number(); }, id, difference));
    if (!now)
        return noSuchRow(QStringLiteral("trigger"), id);
    return *now;
}

} // namespace stormglass
