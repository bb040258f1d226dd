#pragma once

#include "engine/base/clock.h"
#include "engine/host/settings.h"
#include "engine/secrets/key_file.h"
#include "engine/store/database.h"

namespace stormglass {

// Whether anything is stored that only its key opens; false for a data folder without a database.
Result<bool> hasStoredSecrets(const Settings &settings);
Result<bool> hasStoredSecrets(Database &database);

// Takes the key of a StackStorm, or any other of its format, in place of the data folder's own, and
// encrypts anew what is stored there; what was encrypted with the new key already stays. The former
// key is kept beside it as `….previous`. No program may be using the folder. Gives how many values
// were encrypted anew; on an error nothing has changed.
Result<int> importDatastoreKey(const Settings &settings, const Clock &clock, const QString &file);

} // namespace stormglass
