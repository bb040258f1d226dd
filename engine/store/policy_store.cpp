#include "engine/store/policy_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define POLICIES                                                                                   \
    "SELECT id, pack, name, description, enabled, resource_ref, policy_type, parameters, "         \
    "metadata_file FROM policy "

const QString noun = QStringLiteral("policy");

Policy readPolicy(Row &row)
{
    return {.id = row.id(),
            .ref = {row.text(), row.text()},
            .description = row.text(),
            .enabled = row.flag(),
            .resource = row.ref(),
            .policyType = row.text(),
            .parameters = row.json(),
            .metadataFile = row.text()};
}

} // namespace

Result<> PolicyStore::add(const Policy &policy)
{
    SG_TRY(m_database.run(
        "INSERT INTO policy (id, pack, name, description, enabled, resource_ref, policy_type, "
        "parameters, metadata_file) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        policy.id, policy.ref.pack, policy.ref.name, policy.description, policy.enabled,
        policy.resource, policy.policyType, policy.parameters, policy.metadataFile));
    return {};
}

Result<> PolicyStore::update(const Policy &policy)
{
    return expectRow(
        m_database.run("UPDATE policy SET pack = ?2, name = ?3, description = ?4, enabled = ?5, "
                       "resource_ref = ?6, policy_type = ?7, parameters = ?8, metadata_file = ?9 "
                       "WHERE id = ?1",
                       policy.id, policy.ref.pack, policy.ref.name, policy.description,
                       policy.enabled, policy.resource, policy.policyType, policy.parameters,
                       policy.metadataFile),
        noun, policy.id);
}

Result<> PolicyStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM policy WHERE id = ?1", id), noun, id);
}

Result<std::optional<Policy>> PolicyStore::find(const Id &id)
{
    return m_database.row(POLICIES "WHERE id = ?1", readPolicy, id);
}

Result<std::optional<Policy>> PolicyStore::find(const Ref &ref)
{
    return m_database.row(POLICIES "WHERE pack = ?1 AND name = ?2", readPolicy, ref.pack, ref.name);
}

Result<std::vector<Policy>> PolicyStore::all()
{
    return m_database.rows(POLICIES "ORDER BY pack, name", readPolicy);
}

Result<std::vector<Policy>> PolicyStore::ofPack(const QString &pack)
{
    return m_database.rows(POLICIES "WHERE pack = ?1 ORDER BY name", readPolicy, pack);
}

Result<std::vector<Policy>> PolicyStore::ofResource(const Ref &action)
{
    return m_database.rows(POLICIES "WHERE resource_ref = ?1 ORDER BY seq", readPolicy, action);
}

} // namespace stormglass
