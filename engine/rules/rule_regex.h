#pragma once

#include "engine/expressions/regex.h"

namespace stormglass {

// A regular expression of a criterion.
class RuleRegex
{
public:
    enum class Mode {
        // From the start, a dot takes line ends too (`matchregex`).
        MatchAtStart,
        Search,
        SearchIgnoringCase
    };

    // Invalid with kind `error`, as Python's re module names it.
    static Result<RuleRegex> compile(std::string_view pattern, Mode mode);
    Result<bool> matches(std::string_view text) const;

private:
    RuleRegex(Regex regex, Mode mode)
        : m_regex(std::move(regex))
        , m_mode(mode)
    {
    }

    Regex m_regex;
    Mode m_mode;
};

} // namespace stormglass
