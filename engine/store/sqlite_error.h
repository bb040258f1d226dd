#pragma once

#include "engine/base/error.h"

struct sqlite3;

namespace stormglass {

// What SQLite's code means for a person: which file, why, and what to do.
Error sqliteError(int code, const QString &message, const QString &path);
Error sqliteError(sqlite3 *connection, const QString &path);

} // namespace stormglass
