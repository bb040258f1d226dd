#pragma once

#include "engine/base/result.h"
#include "engine/expressions/regex.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stormglass {

// A range of code points, both ends included.
struct CodePointRange
{
    char32_t first = 0;
    char32_t last = 0;
    friend bool operator==(const CodePointRange &, const CodePointRange &) = default;
};

enum class RegexCategory { Digit, NotDigit, Space, NotSpace, Word, NotWord };

// What stands between square brackets, or a category on its own.
struct RegexSet
{
    std::vector<CodePointRange> ranges;
    std::vector<RegexCategory> categories;
    bool isNegated = false;
};

// How many code points a part can match.
struct RegexWidth
{
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

enum class RegexGreed { Greedy, Lazy, Possessive };

// A part of a parsed pattern. Which members mean something depends on the kind.
struct RegexNode
{
    enum class Kind {
        Literal,
        Any,
        Set,
        LineStart,
        LineEnd,
        TextStart,
        TextEnd,
        Boundary,
        NotBoundary,
        // Children in a row; the only child of what follows, except where more are named.
        Sequence,
        // Children are the alternatives.
        Branch,
        // `group` is its number, 0 for one that captures nothing.
        Group,
        Atomic,
        Repeat,
        LookAhead,
        NotLookAhead,
        LookBehind,
        NotLookBehind,
        BackReference,
        // If `group` took part the first child, else the second, if there is one.
        Conditional
    };

    Kind kind = Kind::Sequence;
    char32_t codePoint = 0;
    RegexSet set = {};
    std::size_t group = 0;
    RegexFlags flags = {};
    std::uint64_t least = 0;
    // None: no limit.
    std::optional<std::uint64_t> most = {};
    RegexGreed greed = RegexGreed::Greedy;
    std::vector<RegexNode> children = {};
    RegexWidth width = {};

    bool isAnchor() const
    {
        return kind == Kind::LineStart || kind == Kind::LineEnd || kind == Kind::TextStart
            || kind == Kind::TextEnd || kind == Kind::Boundary || kind == Kind::NotBoundary;
    }
};

struct RegexPattern
{
    RegexNode root;
    // Those given and those written at the start.
    RegexFlags flags;
    std::size_t groupCount = 0;
    std::vector<std::pair<std::string, std::size_t>> groupNames;
};

// Follows the grammar of Python 3.11's re.
Result<RegexPattern> parseRegex(std::string_view pattern, const RegexFlags &flags);

// Kind `error`, with the position in code points as place.
tl::unexpected<Error> regexFailure(const QString &reason, std::size_t position);

} // namespace stormglass
