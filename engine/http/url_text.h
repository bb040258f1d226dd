#pragma once

#include <QString>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stormglass {

constexpr char asciiLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalIgnoringCase(std::string_view a, std::string_view b);
std::string_view trimmed(std::string_view text);

// Undoes %XX; none where an escape is broken or the outcome is no UTF-8 or has control characters.
std::optional<std::string> decodedPath(std::string_view text);

// Undoes %XX and +; broken escapes stay as they are, as Python's readers leave them.
std::string decodedForm(std::string_view text);

// The pairs of a query or of a form, decoded, in order. Pairs without a name are left out.
using TextPairs = std::vector<std::pair<std::string, std::string>>;
TextPairs formPairs(std::string_view text);

// Any bytes: what is no UTF-8 is shown as such.
QString toQString(std::string_view text);

} // namespace stormglass
