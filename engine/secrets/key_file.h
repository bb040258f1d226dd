#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QString>

namespace stormglass {

// The file with the key that secret values of the datastore are encrypted with, in StackStorm's
// format. Only its user may read it. Thread: any.

Result<Value> readDatastoreKey(const QString &path);
Result<> writeDatastoreKey(const QString &path, const Value &key);
// A new one, also written.
Result<Value> makeDatastoreKey(const QString &path);

} // namespace stormglass
