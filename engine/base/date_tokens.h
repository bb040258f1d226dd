#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// A piece of a date: a run of digits, with a fraction after a point or comma if that separates
// nothing else; a run of letters; white space; or one other character.
struct DateToken
{
    enum class Kind { Number, Word, Space, Mark };
    Kind kind = Kind::Mark;
    // In lower case. For a number the digits before the point.
    std::string text;
    std::string fraction;
    bool isUpper = false;

    bool is(char character) const { return kind == Kind::Mark && text[0] == character; }
    bool isSign() const { return is('+') || is('-'); }
    bool isNumber() const { return kind == Kind::Number; }
    bool isWord() const { return kind == Kind::Word; }
    bool isUtc() const { return isWord() && (text == "utc" || text == "gmt" || text == "z"); }

    // 1 to 12.
    std::optional<int> month() const;
    // Monday is 0.
    std::optional<int> weekday() const;
    // Hours to add: 0 for the morning, 12 for the afternoon.
    std::optional<int> halfDay() const;
    // 0: hours, 1: minutes, 2: seconds.
    std::optional<int> clockUnit() const;
    // Punctuation and small words that mean nothing.
    bool isPassedOver() const;
};

class DateTokens
{
public:
    explicit DateTokens(std::string_view text);

    bool isAtEnd(std::size_t index) const { return index >= m_tokens.size(); }
    // Beyond the end: a mark that is no character of a date.
    const DateToken &at(std::size_t index) const;

private:
    void take(std::string_view text);
    bool isFraction(std::string_view text) const;

    std::size_t m_place = 0;
    std::vector<DateToken> m_tokens;
};

} // namespace stormglass
