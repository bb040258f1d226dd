#include "engine/store/user_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define USERS "SELECT id, name, is_service, nicknames FROM access_user "

User readUser(Row &row)
{
    return {.id = row.id(),
            .name = row.text(),
            .isService = row.flag(),
            .nicknames = toTextList(row.json())};
}

} // namespace

Result<> UserStore::addIfNew(const User &user)
{
    SG_TRY(m_database.run(
        "INSERT INTO access_user (id, name, is_service, nicknames) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (name) DO NOTHING",
        user.id, user.name, user.isService, fromTextList(user.nicknames)));
    return {};
}

Result<std::optional<User>> UserStore::find(const QString &name)
{
    return m_database.row(USERS "WHERE name = ?1", readUser, name);
}

Result<std::vector<User>> UserStore::all()
{
    return m_database.rows(USERS "ORDER BY name", readUser);
}

} // namespace stormglass
