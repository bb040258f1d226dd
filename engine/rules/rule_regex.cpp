#include "engine/rules/rule_regex.h"

namespace stormglass {

Result<RuleRegex> RuleRegex::compile(std::string_view pattern, Mode mode)
{
    RegexFlags flags;
    flags.dotAll = mode == Mode::MatchAtStart;
    flags.ignoreCase = mode == Mode::SearchIgnoringCase;
    SG_LET(Regex regex, Regex::compile(pattern, flags));
    return RuleRegex(std::move(regex), mode);
}

Result<bool> RuleRegex::matches(std::string_view text) const
{
    SG_LET(const std::optional<RegexMatch> match,
           m_mode == Mode::MatchAtStart ? m_regex.match(text) : m_regex.search(text));
    return match.has_value();
}

} // namespace stormglass
