#pragma once

#include "engine/model/access.h"
#include "engine/store/database.h"

namespace stormglass {

// Tokens, by the hash of their text. Thread: its database's.
class TokenStore
{
public:
    explicit TokenStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const Token &token);
    // Also one that has expired, so that it can be told from an unknown one.
    Result<std::optional<Token>> find(const QString &hash);
    Result<> remove(const Id &id);

    // Those that expired before a moment; gives how many went. Call again while it is `limit`.
    Result<int> removeExpired(Timestamp moment, int limit);

private:
    Database &m_database;
};

} // namespace stormglass
