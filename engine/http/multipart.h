#pragma once

#include "engine/base/result.h"
#include "engine/http/url_text.h"

#include <string_view>

namespace stormglass {

// The named fields of a multipart/form-data body, in order.
Result<TextPairs> multipartPairs(std::string_view body, std::string_view contentType);

} // namespace stormglass
