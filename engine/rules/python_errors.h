#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/expressions/python_errors.h"

namespace stormglass {

// Errors that carry the class Python would raise in `kind`.
tl::unexpected<Error> typeError(const QString &message);
// `'int' object has no attribute 'lower'`.
tl::unexpected<Error> noAttribute(const Value &value, const char *name);

// `str`, `NoneType`, … for such messages.
QString pythonTypeOf(const Value &value);

} // namespace stormglass
