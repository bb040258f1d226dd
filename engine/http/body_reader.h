#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/instance/request.h"

#include <string_view>

namespace stormglass {

// What a body means by its content type (api.md 2.1): JSON (also without a type) becomes
// `request.body`, a form an object whose values are lists of text, plain text `request.rawBody`. An
// empty body leaves both empty.
Result<> readBody(std::string_view body, std::string_view contentType, Request &request);

} // namespace stormglass
