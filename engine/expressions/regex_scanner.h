#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace stormglass {

// A character of a pattern; one behind a backslash is a token together with it.
struct RegexToken
{
    char32_t codePoint = 0;
    bool isEscaped = false;
    bool isEnd = false;

    bool is(char32_t plain) const { return !isEnd && !isEscaped && codePoint == plain; }
    bool isOneOf(std::u32string_view plain) const
    {
        return !isEnd && !isEscaped && plain.find(codePoint) != std::u32string_view::npos;
    }
    bool isDigit() const { return !isEnd && !isEscaped && codePoint >= '0' && codePoint <= '9'; }
    // In the pattern.
    std::size_t length() const { return isEnd ? 0 : isEscaped ? 2 : 1; }
};

// Hands out the tokens of a pattern with one token of foresight. Positions count code points.
class RegexScanner
{
public:
    // The text must be UTF-8.
    explicit RegexScanner(std::string_view text);

    // True if the text ends within an escape; then it must not be scanned.
    bool isCutOff() const { return m_isCutOff; }

    const RegexToken &next() const { return m_next; }
    std::size_t position() const { return m_at; }
    std::size_t size() const { return m_text.size(); }

    RegexToken take();
    bool takeIf(char32_t plain);
    // At most `most` plain characters for which the test holds.
    std::u32string takeWhile(std::size_t most, const std::function<bool(char32_t)> &test);
    // Everything in front of a plain character, backslashes included; leaves it to be taken. Up to
    // the end without one.
    std::u32string takeUntil(char32_t plain);
    // To a position where a token starts.
    void goBackTo(std::size_t position);

private:
    void look();

    std::u32string m_text;
    std::size_t m_at = 0;
    RegexToken m_next;
    bool m_isCutOff = false;
};

std::string toUtf8(std::u32string_view text);

} // namespace stormglass
