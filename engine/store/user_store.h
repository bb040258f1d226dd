#pragma once

#include "engine/model/access.h"
#include "engine/store/database.h"

namespace stormglass {

// Thread: its database's.
class UserStore
{
public:
    explicit UserStore(Database &database)
        : m_database(database)
    {
    }

    // Does nothing if there is one of that name.
    Result<> addIfNew(const User &user);
    Result<std::optional<User>> find(const QString &name);
    // By name.
    Result<std::vector<User>> all();

private:
    Database &m_database;
};

} // namespace stormglass
