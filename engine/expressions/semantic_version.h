#pragma once

#include "engine/base/big_int.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// A version by semver.org 2.0.
struct SemanticVersion
{
    BigInt major;
    BigInt minor;
    BigInt patch;
    // Dot-separated parts; empty for a release.
    std::vector<std::string> prerelease = {};

    // None for what is no such version: `1.2`, `v1.2.3`, `01.2.3`. What follows a plus is dropped.
    static std::optional<SemanticVersion> read(std::string_view text);
    // By precedence: negative, zero or positive.
    static int compare(const SemanticVersion &a, const SemanticVersion &b);
};

} // namespace stormglass
