#pragma once

#include "engine/base/result.h"
#include "engine/expressions/regex.h"

#include <optional>
#include <string>
#include <vector>

namespace stormglass {

// What re.sub puts in the place of a match: text with `\1`, `\g<1>`, `\g<name>` and escapes in it.
class RegexTemplate
{
public:
    // Invalid with kind `error` or, for a name that the expression does not have, `IndexError`.
    static Result<RegexTemplate> parse(std::string_view text, const Regex &regex);

    void expandInto(std::string &out, const RegexMatch &match) const;

private:
    struct Part
    {
        std::string text;
        std::optional<std::size_t> group;
    };
    friend class RegexTemplateParser;
    std::vector<Part> m_parts;
};

} // namespace stormglass
