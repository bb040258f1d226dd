#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

struct Urlize
{
    // Longer addresses are shown cut off. One that is no whole number is an error as soon as there
    // is something to cut.
    std::optional<double> shownCharacters = {};
    bool isLimitUsable = true;
    std::string relation = {};
    std::string target = {};
    std::vector<std::string> moreSchemes = {};
};

// Addresses of the web and of mail in an HTML text become links.
Result<std::string> urlized(std::string_view html, const Urlize &style);

} // namespace stormglass
