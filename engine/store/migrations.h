#pragma once

#include "engine/base/result.h"

#include <string>
#include <vector>

namespace stormglass {

class Database;

// One step of the schema. Never changed once released: its checksum is kept in every database.
struct Migration
{
    int number = 0;
    std::string name;
    std::string script;
};

// What this program carries, in order (migrations/sqlite/NNNN_name.sql).
const std::vector<Migration> &migrations();

// Brings a database up to date, each step in a transaction of its own. Refuses one that a newer
// program made, one that is not Stormglass's, and one whose steps are not those of this program.
Result<> migrate(Database &database, const std::vector<Migration> &steps = migrations());

} // namespace stormglass
