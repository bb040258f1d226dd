#include "engine/base/utf8.h"
#include "engine/expressions/regex_translator.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace stormglass {

namespace {

using Ranges = std::vector<CodePointRange>;

constexpr char32_t lastCodePoint = 0x10FFFF;

// str.isspace() of Python.
constexpr std::array<CodePointRange, 10> unicodeSpace{{{0x09, 0x0D},
                                                       {0x1C, 0x20},
                                                       {0x85, 0x85},
                                                       {0xA0, 0xA0},
                                                       {0x1680, 0x1680},
                                                       {0x2000, 0x200A},
                                                       {0x2028, 0x2029},
                                                       {0x202F, 0x202F},
                                                       {0x205F, 0x205F},
                                                       {0x3000, 0x3000}}};
constexpr std::array<CodePointRange, 2> asciiSpace{{{0x09, 0x0D}, {' ', ' '}}};
constexpr std::array<CodePointRange, 1> asciiDigit{{{'0', '9'}}};
constexpr std::array<CodePointRange, 4> asciiWord{{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}};

// What Python takes for the same letter without regard to case and PCRE2 does not.
constexpr std::array<std::u32string_view, 4> sameLetters{U"Ii\u0130\u0131", U"\u0390\u1FD3",
                                                         U"\u03B0\u1FE3", U"\uFB05\uFB06"};

template <std::size_t count>
void add(Ranges &ranges, const std::array<CodePointRange, count> &more)
{
    ranges.insert(ranges.end(), more.begin(), more.end());
}

// Everything that ascending ranges leave out.
template <std::size_t count>
void addAllBut(Ranges &ranges, const std::array<CodePointRange, count> &left)
{
    char32_t next = 0;
    for (const CodePointRange &range : left) {
        if (range.first > next)
            ranges.push_back({next, range.first - 1});
        next = range.last + 1;
    }
    ranges.push_back({next, lastCodePoint});
}

bool overlaps(const CodePointRange &a, const CodePointRange &b)
{
    return a.first <= b.last && b.first <= a.last;
}

// Adds the other case of the part of a range that lies within `from`.
void addShifted(Ranges &ranges, const CodePointRange &range, const CodePointRange &from,
                char32_t to)
{
    if (!overlaps(range, from))
        return;
    const char32_t first = std::max(range.first, from.first);
    const char32_t last = std::min(range.last, from.last);
    ranges.push_back({first - from.first + to, last - from.first + to});
}

// PCRE2 can only ignore the case of all letters, so for ASCII alone both cases are written out.
void addBothAsciiCases(Ranges &ranges)
{
    const Ranges given = ranges;
    for (const CodePointRange &range : given) {
        addShifted(ranges, range, {'a', 'z'}, 'A');
        addShifted(ranges, range, {'A', 'Z'}, 'a');
    }
}

void addSameLetters(Ranges &ranges)
{
    const Ranges given = ranges;
    for (const std::u32string_view letters : sameLetters) {
        const bool holdsOne = std::any_of(letters.begin(), letters.end(), [&](char32_t letter) {
            return std::any_of(given.begin(), given.end(), [&](const CodePointRange &range) {
                return overlaps(range, {letter, letter});
            });
        });
        for (const char32_t letter : letters) {
            if (holdsOne)
                ranges.push_back({letter, letter});
        }
    }
}

// Halves of surrogate pairs are no characters of a UTF-8 text.
void dropSurrogates(Ranges &ranges)
{
    Ranges kept;
    for (const CodePointRange &range : ranges) {
        if (!overlaps(range, {0xD800, 0xDFFF})) {
            kept.push_back(range);
            continue;
        }
        if (range.first < 0xD800)
            kept.push_back({range.first, 0xD7FF});
        if (range.last > 0xDFFF)
            kept.push_back({0xE000, range.last});
    }
    ranges = std::move(kept);
}

std::string hexEscape(char32_t codePoint)
{
    std::array<char, 16> buffer;
    std::snprintf(buffer.data(), buffer.size(), "\\x{%x}", static_cast<unsigned>(codePoint));
    return buffer.data();
}

bool isAlphanumeric(char32_t codePoint)
{
    return (codePoint >= '0' && codePoint <= '9') || (codePoint >= 'A' && codePoint <= 'Z')
        || (codePoint >= 'a' && codePoint <= 'z');
}

std::string written(const Ranges &ranges)
{
    const auto one = [](char32_t c) {
        return isAlphanumeric(c) ? std::string(1, static_cast<char>(c)) : hexEscape(c);
    };
    std::string text;
    for (const CodePointRange &range : ranges)
        text += range.first == range.last ? one(range.first)
                                          : one(range.first) + '-' + one(range.last);
    return text;
}

// The inner text of a class without what is not a word, which has no name that all versions of
// PCRE2 agree on.
std::string classText(Ranges ranges, const std::vector<RegexCategory> &categories,
                      const RegexFlags &flags)
{
    std::string properties;
    for (const RegexCategory category : categories) {
        switch (category) {
        case RegexCategory::Digit:
            flags.ascii ? add(ranges, asciiDigit) : void(properties += "\\p{Nd}");
            break;
        case RegexCategory::NotDigit:
            flags.ascii ? addAllBut(ranges, asciiDigit) : void(properties += "\\P{Nd}");
            break;
        case RegexCategory::Space:
            flags.ascii ? add(ranges, asciiSpace) : add(ranges, unicodeSpace);
            break;
        case RegexCategory::NotSpace:
            flags.ascii ? addAllBut(ranges, asciiSpace) : addAllBut(ranges, unicodeSpace);
            break;
        case RegexCategory::Word:
            flags.ascii ? add(ranges, asciiWord) : void(properties += "\\p{L}\\p{N}_");
            break;
        case RegexCategory::NotWord:
            if (flags.ascii)
                addAllBut(ranges, asciiWord);
            break;
        }
    }
    dropSurrogates(ranges);
    return written(ranges) + properties;
}

std::string bracketed(const std::string &inner, const char *open)
{
    return open + inner + ']';
}

} // namespace

std::string translateRegexSet(RegexSet set, const RegexFlags &flags)
{
    constexpr const char *nothing = "(?!)";
    constexpr const char *anything = "[\\x{0}-\\x{10ffff}]";
    if (flags.ignoreCase)
        flags.ascii ? addBothAsciiCases(set.ranges) : addSameLetters(set.ranges);
    const bool hasNotWord = !flags.ascii
        && std::find(set.categories.begin(), set.categories.end(), RegexCategory::NotWord)
            != set.categories.end();
    const std::string inner = classText(set.ranges, set.categories, flags);
    if (!hasNotWord && inner.empty())
        return set.isNegated ? anything : nothing;
    if (!hasNotWord)
        return bracketed(inner, set.isNegated ? "[^" : "[");
    if (inner.empty())
        return set.isNegated ? "[\\p{L}\\p{N}_]" : "[^\\p{L}\\p{N}_]";
    if (set.isNegated)
        return "(?:(?!" + bracketed(inner, "[") + ")[\\p{L}\\p{N}_])";
    return "(?:[^\\p{L}\\p{N}_]|" + bracketed(inner, "[") + ')';
}

std::string translateRegexLiteral(char32_t codePoint, const RegexFlags &flags)
{
    const bool isCased = flags.ascii
        ? isAlphanumeric(codePoint) && codePoint > '9'
        : std::any_of(sameLetters.begin(), sameLetters.end(), [&](std::u32string_view letters) {
              return letters.find(codePoint) != std::u32string_view::npos;
          });
    const bool isSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    if (isSurrogate || (flags.ignoreCase && isCased))
        return translateRegexSet({{{codePoint, codePoint}}, {}, false}, flags);
    if (isAlphanumeric(codePoint))
        return std::string(1, static_cast<char>(codePoint));
    if (codePoint < 0x80)
        return hexEscape(codePoint);
    std::string text;
    appendUtf8(text, codePoint);
    return text;
}

} // namespace stormglass
