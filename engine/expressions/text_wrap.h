#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

struct TextWrap
{
    // At least 1.
    std::int64_t width = 79;
    bool breaksLongWords = true;
    bool breaksOnHyphens = true;
};

// A paragraph cut into lines, as Python's textwrap.wrap does it; white space within a line stays.
Result<std::vector<std::string>> wrappedText(std::string_view text, const TextWrap &wrap);

} // namespace stormglass
