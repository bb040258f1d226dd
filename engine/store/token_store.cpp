#include "engine/store/token_store.h"

#include "engine/store/column.h"

namespace stormglass {

Result<> TokenStore::add(const Token &token)
{
    SG_TRY(m_database.run(
        "INSERT INTO access_token (id, hash, user_name, expires, is_service, metadata) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        token.id, token.hash, token.user, token.expires, token.isService, token.metadata));
    return {};
}

Result<std::optional<Token>> TokenStore::find(const QString &hash)
{
    const auto read = [](Row &row) {
        return Token{.id = row.id(),
                     .hash = row.text(),
                     .user = row.text(),
                     .expires = row.time(),
                     .isService = row.flag(),
                     .metadata = row.json()};
    };
    return m_database.row(
        "SELECT id, hash, user_name, expires, is_service, metadata FROM access_token "
        "WHERE hash = ?1",
        read, hash);
}

Result<> TokenStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM access_token WHERE id = ?1", id),
                     QStringLiteral("token"), id);
}

Result<int> TokenStore::removeExpired(Timestamp moment, int limit)
{
    SG_LET(const std::int64_t removed,
           m_database.run(
               "DELETE FROM access_token WHERE seq IN "
               "(SELECT seq FROM access_token WHERE expires < ?1 ORDER BY expires LIMIT ?2)",
               moment, limit));
    return static_cast<int>(removed);
}

} // namespace stormglass
