#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string>
#include <string_view>

namespace stormglass {

struct JsonLimits
{
    int depth = 200;
    std::size_t bytes = 64UL * 1024 * 1024;
    // Also take NaN, Infinity and -Infinity, as Python's reader does.
    bool allowNonFinite = false;
    // Take half of a surrogate pair for U+FFFD, where Python programs write one for a byte they
    // could not read.
    bool replaceHalfPairs = false;
};

// Strict JSON (RFC 8259): one value, UTF-8, no trailing commas or comments. Keeps the order of
// keys; a later duplicate key wins, as in Python. An integer beyond 64 bits becomes a BigInt; a
// number with a fraction or an exponent a Double. Errors are Invalid, with line and column in
// `place`. Thread: any.
Result<Value> readJson(std::string_view text, const JsonLimits &limits = {});

struct JsonStyle
{
    // Spaces a level; negative: one line.
    int indent = -1;
    // `, ` and `: ` as Python's json.dumps writes them; otherwise no spaces.
    bool pythonSpacing = false;
    bool sortKeys = false;
    // \uXXXX beyond ASCII, as Python does by default.
    bool escapeNonAscii = false;
    // A secret is written as ********.
    bool maskSecrets = false;
};

// Doubles as Python prints them (1.0 stays 1.0; NaN and Infinity by name). What JSON cannot carry
// becomes text: times in ISO 8601, bytes as UTF-8 with replacement, sets and tuples as arrays,
// objects by their type's name.
std::string writeJson(const Value &value, const JsonStyle &style = {});

} // namespace stormglass
