#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QString>

namespace stormglass {

// A small JSON document on disk, replaced in one step so that a crash leaves the old or the new
// one.
Result<> writeJsonFile(const QString &path, const Value &document);
// Null where there is none, or none that can be read.
Value readJsonFile(const QString &path);

} // namespace stormglass
