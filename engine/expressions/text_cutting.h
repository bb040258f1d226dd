#pragma once

#include "engine/base/value.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// How Python's str cuts text.

bool isPythonSpace(char32_t codePoint);
// The first byte at or after `from` that is no white space; the size if there is none.
std::size_t pastSpaces(std::string_view text, std::size_t from = 0);

// strip(), lstrip(), rstrip(): white space, or any of the given characters.
std::string_view strippedLeft(std::string_view text);
std::string_view strippedRight(std::string_view text);
std::string_view stripped(std::string_view text);
std::string_view strippedLeft(std::string_view text, std::string_view characters);
std::string_view strippedRight(std::string_view text, std::string_view characters);

// split() and rsplit() at white space; negative: no limit.
std::vector<std::string_view> splitAtSpaces(std::string_view text, std::int64_t most);
std::vector<std::string_view> splitAtSpacesFromRight(std::string_view text, std::int64_t most);
// At a separator that is not empty.
std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator,
                                      std::int64_t most);
std::vector<std::string_view> splitAtFromRight(std::string_view text, std::string_view separator,
                                               std::int64_t most);

enum class LineEnds { Dropped, Kept };
std::vector<std::string_view> splitLines(std::string_view text, LineEnds ends,
                                         std::size_t most = std::string_view::npos);

// replace(): negative: all.
std::string replaced(std::string_view text, std::string_view before, std::string_view after,
                     std::int64_t most);
// How often a part stands in a text without overlap.
std::int64_t occurrences(std::string_view text, std::string_view part);

} // namespace stormglass
