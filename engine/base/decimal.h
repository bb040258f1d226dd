#pragma once

#include <string_view>

namespace stormglass {

// The double nearest to a decimal number such as `-12.5e3` (digits are a must, no plus sign in
// front), whatever the locale. Beyond the range it is infinite or zero.
double doubleFromDecimal(std::string_view text);

} // namespace stormglass
