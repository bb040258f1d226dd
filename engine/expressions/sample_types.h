#pragma once

#include "engine/base/value.h"

#include <string>
#include <string_view>

namespace stormglass {

// Python's name of the type of what lies at `a.b.c` in a sample of a template's variables; empty
// where nothing does.
std::string typeInSample(const Value &sample, std::string_view path);

} // namespace stormglass
