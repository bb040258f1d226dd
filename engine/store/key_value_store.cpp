#include "engine/store/key_value_store.h"

namespace stormglass {

namespace {

#define KEYS "SELECT id, scope, name, value, description, is_encrypted, expires FROM key_value "
#define LIVES "AND (expires IS NULL OR expires > ?3) "
// Names that begin with the prefix are those from it up to its end, which the index of names finds.
#define LISTED                                                                                     \
    "WHERE scope = ?1 AND name >= ?2 AND (?4 IS NULL OR name < ?4) " LIVES                         \
    "AND (?5 = '' OR name = ?5) "

KeyValue readKeyValue(Row &row)
{
    return {.id = row.id(),
            .scope = row.text(),
            .name = row.text(),
            .value = row.text(),
            .description = row.text(),
            .isEncrypted = row.flag(),
            .expires = row.timeIfAny()};
}

// The first text, byte by byte, that no longer begins with the prefix. None if there is none.
std::optional<std::string> endOf(const QString &prefix)
{
    std::string end = prefix.toStdString();
    while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff)
        end.pop_back();
    if (end.empty())
        return std::nullopt;
    end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
    return end;
}

} // namespace

Result<std::optional<KeyValue>> KeyValueStore::find(const QString &scope, const QString &name,
                                                    Timestamp now)
{
    return m_database.row(KEYS "WHERE scope = ?1 AND name = ?2 " LIVES, readKeyValue, scope, name,
                          now);
}

Result<> KeyValueStore::set(const KeyValue &keyValue, Timestamp now)
{
    SG_TRY(m_database.run("DELETE FROM key_value WHERE scope = ?1 AND name = ?2 AND expires <= ?3",
                          keyValue.scope, keyValue.name, now));
    SG_TRY(m_database.run(
        "INSERT INTO key_value (id, scope, name, value, description, is_encrypted, expires) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
        "ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value, "
        "description = excluded.description, is_encrypted = excluded.is_encrypted, "
        "expires = excluded.expires",
        keyValue.id, keyValue.scope, keyValue.name, keyValue.value, keyValue.description,
        keyValue.isEncrypted, keyValue.expires));
    return {};
}

Result<bool> KeyValueStore::remove(const QString &scope, const QString &name, Timestamp now)
{
    SG_LET(const std::int64_t removed,
           m_database.run("DELETE FROM key_value WHERE scope = ?1 AND name = ?2 " LIVES, scope,
                          name, now));
    return removed > 0;
}

Result<std::vector<KeyValue>> KeyValueStore::list(const KeyFilter &filter, Timestamp now, int limit,
                                                  std::int64_t offset)
{
    return m_database.rows(KEYS LISTED "ORDER BY seq LIMIT ?6 OFFSET ?7", readKeyValue,
                           filter.scope, filter.prefix, now, endOf(filter.prefix), filter.name,
                           limit, offset);
}

Result<std::int64_t> KeyValueStore::count(const KeyFilter &filter, Timestamp now)
{
    SG_LET(const auto number,
           m_database.row(
               "SELECT count(*) FROM key_value " LISTED, [](Row &row) { return row.integer(); },
               filter.scope, filter.prefix, now, endOf(filter.prefix), filter.name));
    return number.value_or(0);
}

Result<std::vector<KeyValue>> KeyValueStore::encrypted()
{
    return m_database.rows(KEYS "WHERE is_encrypted = 1 ORDER BY seq", readKeyValue);
}

Result<int> KeyValueStore::removeExpired(Timestamp now, int limit)
{
    SG_LET(const std::int64_t removed,
           m_database.run("DELETE FROM key_value WHERE seq IN "
                          "(SELECT seq FROM key_value WHERE expires IS NOT NULL AND expires <= ?1 "
                          "ORDER BY expires LIMIT ?2)",
                          now, limit));
    return static_cast<int>(removed);
}

} // namespace stormglass
