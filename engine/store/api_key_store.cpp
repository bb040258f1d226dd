#include "engine/store/api_key_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define KEYS "SELECT id, hash, user_name, created, enabled, metadata FROM api_key "

const QString noun = QStringLiteral("API key");

ApiKey readKey(Row &row)
{
    return {.id = row.id(),
            .hash = row.text(),
            .user = row.text(),
            .created = row.time(),
            .enabled = row.flag(),
            .metadata = row.json()};
}

} // namespace

Result<> ApiKeyStore::add(const ApiKey &key)
{
    SG_TRY(m_database.run("INSERT INTO api_key (id, hash, user_name, created, enabled, metadata) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                          key.id, key.hash, key.user, key.created, key.enabled, key.metadata));
    return {};
}

Result<> ApiKeyStore::update(const ApiKey &key)
{
    return expectRow(
        m_database.run(
            "UPDATE api_key SET user_name = ?2, enabled = ?3, metadata = ?4 WHERE id = ?1", key.id,
            key.user, key.enabled, key.metadata),
        noun, key.id);
}

Result<> ApiKeyStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM api_key WHERE id = ?1", id), noun, id);
}

Result<std::optional<ApiKey>> ApiKeyStore::find(const Id &id)
{
    return m_database.row(KEYS "WHERE id = ?1", readKey, id);
}

Result<std::optional<ApiKey>> ApiKeyStore::find(const QString &hash)
{
    return m_database.row(KEYS "WHERE hash = ?1", readKey, hash);
}

Result<std::vector<ApiKey>> ApiKeyStore::list(const QString &user, int limit, std::int64_t offset)
{
    return m_database.rows(KEYS "WHERE ?1 = '' OR user_name = ?1 ORDER BY seq LIMIT ?2 OFFSET ?3",
                           readKey, user, limit, offset);
}

Result<std::int64_t> ApiKeyStore::count(const QString &user)
{
    SG_LET(const auto number,
           m_database.row(
               "SELECT count(*) FROM api_key WHERE ?1 = '' OR user_name = ?1",
               [](Row &row) { return row.integer(); }, user));
    return number.value_or(0);
}

} // namespace stormglass
