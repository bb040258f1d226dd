#pragma once

#include "engine/expressions/regex_pattern.h"
#include "engine/expressions/regex_scanner.h"

#include <optional>
#include <vector>

namespace stormglass {

// Recursive descent over a pattern, bounded in depth. Kept to the order in which Python looks at
// things, so that both refuse the same patterns.
class RegexParser
{
public:
    RegexParser(std::string_view pattern, const RegexFlags &flags);
    Result<RegexPattern> parse();

private:
    static constexpr int mostDepth = 100;

    struct FlagChange
    {
        std::u32string added;
        std::u32string removed;
        // `(?i)`, for the whole expression.
        bool isGlobal = false;
    };

    // Which parts of the pattern a parser of a row may find.
    enum class Place { Start, Inside };

    Result<RegexNode> alternatives(Place place);
    Result<RegexNode> row(Place place);
    Result<> part(RegexNode &row, Place place);
    bool skipVerbose(const RegexToken &token);
    Result<> repeat(RegexNode &row, char32_t mark, std::size_t start);
    struct Bounds
    {
        std::uint64_t least = 0;
        std::optional<std::uint64_t> most = {};
    };
    // None where the brace stands for itself.
    Result<std::optional<Bounds>> braces(std::size_t start);
    Result<RegexNode> escape(char32_t letter);
    Result<RegexNode> numberEscape(char32_t first);
    Result<RegexNode> set(std::size_t start);
    Result<> setItem(RegexSet &set, const RegexToken &token, std::size_t start);
    Result<RegexSet> setEscape(char32_t letter);
    Result<> parenthesis(RegexNode &row, Place place, std::size_t start);
    Result<> extension(RegexNode &row, Place place, std::size_t start);
    Result<> pythonExtension(RegexNode &row, std::size_t start);
    Result<> look(RegexNode &row, char32_t mark, std::size_t start);
    Result<> conditional(RegexNode &row, std::size_t start);
    Result<std::size_t> conditionGroup(std::u32string_view name);
    Result<> comment(std::size_t start);
    Result<> group(RegexNode &row, const std::optional<std::u32string> &name, std::size_t start);
    Result<> plainGroup(RegexNode &row, RegexNode::Kind kind, const RegexFlags &flags,
                        std::size_t start);
    Result<> flagGroup(RegexNode &row, Place place, std::size_t start);
    Result<FlagChange> flagChange(char32_t first);
    Result<> applyGlobally(const FlagChange &change);
    Result<std::u32string> name(char32_t end);
    Result<RegexNode> backReference(std::size_t group, std::size_t position);
    Result<> checkLookBehind(std::size_t group) const;
    Result<> close(std::size_t start);

    bool isClosed(std::size_t group) const;
    std::optional<std::size_t> groupNamed(std::u32string_view name) const;

    RegexScanner m_scanner;
    RegexPattern m_pattern;
    // Those in force here.
    RegexFlags m_flags;
    bool m_isUnicodeAsked = false;
    int m_depth = 0;
    // Of every group so far; none while it is open.
    std::vector<std::optional<RegexWidth>> m_groupWidths;
    // How many groups there were in front of the outermost look-behind that is open.
    std::optional<std::size_t> m_groupsBeforeLookBehind;
    struct Condition
    {
        std::size_t group = 0;
        std::size_t position = 0;
    };
    std::vector<Condition> m_conditions;
};

} // namespace stormglass
