#pragma once

#include "engine/base/clock.h"
#include "engine/expressions/regex.h"
#include "engine/expressions/regex_pattern.h"

#include <memory>
#include <string>

namespace stormglass {

// PCRE2's code for a pattern, and what it tells about it. Immutable.
struct CompiledRegex
{
    std::string pattern;
    std::size_t groupCount = 0;
    std::vector<std::pair<std::string, std::size_t>> groupNames;
    // A pcre2_code; typed so that only one file sees PCRE2.
    std::shared_ptr<void> code;
};

Result<std::shared_ptr<const CompiledRegex>> compileRegex(std::string_view pattern,
                                                          const RegexFlags &flags);

// One call on one subject, which may ask for many matches under the same limits.
class RegexRun
{
public:
    enum class Anchor { None, Start, Both };

    RegexRun(const CompiledRegex &compiled, std::string_view subject, const RegexLimits &limits);

    // None if there is no match from a byte on.
    Result<std::optional<RegexMatch>> match(std::size_t from, Anchor anchor);

    // The next of all matches, as Python's finditer goes on.
    Result<std::optional<RegexMatch>> next();

private:
    Result<std::optional<RegexMatch>> run(std::size_t from, std::uint32_t options);

    const CompiledRegex &m_compiled;
    const std::string_view m_subject;
    const RegexLimits &m_limits;
    std::int64_t m_stepsLeft;
    Instant m_until{};
    std::size_t m_from = 0;
    bool m_mustAdvance = false;
    // Known to be UTF-8.
    bool m_isChecked = false;
};

} // namespace stormglass
