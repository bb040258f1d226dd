#include "engine/base/date_tokens.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

bool isLetter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

bool isSpace(char character)
{
    return character == ' ' || (character >= '\t' && character <= '\r');
}

template <typename Belongs>
std::string_view run(std::string_view text, std::size_t from, Belongs belongs)
{
    std::size_t end = from;
    while (end < text.size() && belongs(text[end]))
        ++end;
    return text.substr(from, end - from);
}

// The place of a word among names; three letters are enough.
template <std::size_t count>
std::optional<int> placeAmong(const std::array<std::string_view, count> &names,
                              const std::string &word)
{
    for (std::size_t i = 0; i < count; ++i) {
        if (word == names[i] || (word.size() == 3 && names[i].starts_with(word)))
            return static_cast<int>(i);
    }
    return std::nullopt;
}

template <std::size_t count>
bool isAmong(const std::array<std::string_view, count> &names, const std::string &word)
{
    return std::find(names.begin(), names.end(), word) != names.end();
}

} // namespace

std::optional<int> DateToken::month() const
{
    static constexpr std::array<std::string_view, 12> names{
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    if (!isWord())
        return std::nullopt;
    if (text == "sept")
        return 9;
    const std::optional<int> found = placeAmong(names, text);
    return found ? std::optional(*found + 1) : std::nullopt;
}

std::optional<int> DateToken::weekday() const
{
    static constexpr std::array<std::string_view, 7> names{
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    return isWord() ? placeAmong(names, text) : std::nullopt;
}

std::optional<int> DateToken::halfDay() const
{
    if (!isWord())
        return std::nullopt;
    if (text == "am" || text == "a")
        return 0;
    if (text == "pm" || text == "p")
        return 12;
    return std::nullopt;
}

std::optional<int> DateToken::clockUnit() const
{
    static constexpr std::array<std::string_view, 3> hours{"h", "hour", "hours"};
    static constexpr std::array<std::string_view, 3> minutes{"m", "minute", "minutes"};
    static constexpr std::array<std::string_view, 3> seconds{"s", "second", "seconds"};
    if (!isWord())
        return std::nullopt;
    if (isAmong(hours, text))
        return 0;
    if (isAmong(minutes, text))
        return 1;
    return isAmong(seconds, text) ? std::optional(2) : std::nullopt;
}

bool DateToken::isPassedOver() const
{
    static constexpr std::array<std::string_view, 11> words{"at", "on", "and", "ad", "m", "t",
                                                            "of", "st", "nd",  "rd", "th"};
    static constexpr std::string_view marks = ".,;-/'";
    if (kind == Kind::Space)
        return true;
    if (isWord())
        return isAmong(words, text);
    return kind == Kind::Mark && marks.find(text[0]) != std::string_view::npos;
}

DateTokens::DateTokens(std::string_view text)
{
    while (m_place < text.size())
        take(text);
}

const DateToken &DateTokens::at(std::size_t index) const
{
    static const DateToken none{DateToken::Kind::Mark, std::string(1, '\0'), {}, false};
    return isAtEnd(index) ? none : m_tokens[index];
}

void DateTokens::take(std::string_view text)
{
    const char first = text[m_place];
    DateToken token;
    if (isDigit(first)) {
        token.kind = DateToken::Kind::Number;
        token.text = run(text, m_place, isDigit);
        m_place += token.text.size();
        if (isFraction(text)) {
            token.fraction = run(text, m_place + 1, isDigit);
            m_place += 1 + token.fraction.size();
        }
    } else if (isLetter(first)) {
        const std::string_view word = run(text, m_place, isLetter);
        token.kind = DateToken::Kind::Word;
        token.isUpper
            = std::all_of(word.begin(), word.end(), [](char character) { return character < 'a'; });
        std::transform(word.begin(), word.end(), std::back_inserter(token.text),
                       [](char character) { return static_cast<char>(character | 0x20); });
        m_place += word.size();
    } else {
        token.kind = isSpace(first) ? DateToken::Kind::Space : DateToken::Kind::Mark;
        token.text = isSpace(first) ? ' ' : first;
        ++m_place;
    }
    m_tokens.push_back(std::move(token));
}

// A point begins a fraction unless it separates the numbers of a date (`13.06.2024`); a comma does
// so only after two digits, as after seconds.
bool DateTokens::isFraction(std::string_view text) const
{
    if (m_place + 1 >= text.size() || !isDigit(text[m_place + 1]))
        return false;
    const bool isComma = text[m_place] == ',' && m_place >= 2 && isDigit(text[m_place - 2]);
    if (text[m_place] != '.' && !isComma)
        return false;
    const std::size_t end = m_place + 1 + run(text, m_place + 1, isDigit).size();
    const bool anotherFollows = end < text.size() && text[end] == '.';
    const bool oneIsBefore = !m_tokens.empty() && m_tokens.back().is('.');
    return !anotherFollows && !oneIsBefore;
}

} // namespace stormglass
