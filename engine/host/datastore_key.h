#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"
#include "engine/host/settings.h"

namespace stormglass {

// The file with the key that secret values of the datastore are encrypted with, in StackStorm's
// format. Only its user may read it.

Result<Value> readDatastoreKey(const QString &path);
// A new one, also written.
Result<Value> makeDatastoreKey(const QString &path);

// Takes the key of a StackStorm, or any other of its format, in place of the data folder's own, and
// encrypts anew what is stored there; what was encrypted with the new key already stays. The former
// key is kept beside it as `….previous`. No program may be using the folder. Gives how many values
// were encrypted anew; on an error nothing has changed.
Result<int> importDatastoreKey(const Settings &settings, const Clock &clock, const QString &file);

} // namespace stormglass
