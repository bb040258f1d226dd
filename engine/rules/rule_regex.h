#pragma once

#include "engine/base/result.h"

#include <QRegularExpression>

#include <string_view>

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
    QRegularExpression m_expression;
    Mode m_mode = Mode::Search;
};

} // namespace stormglass
