#include "engine/base/yaml_scalar.h"
#include "engine/base/number_text.h"
#include "engine/base/yaml_time.h"

#include <algorithm>
#include <array>
#include <limits>

namespace stormglass {

namespace {

constexpr std::array<std::string_view, 11> trueWords{"yes",  "Yes", "YES", "true", "True",
                                                     "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 11> falseWords{"no",    "No",  "NO",  "false", "False",
                                                      "FALSE", "off", "Off", "OFF"};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isDigitOrUnderscore(char c)
{
    return isDigit(c) || c == '_';
}

template <typename Container>
bool holds(const Container &words, std::string_view word)
{
    return !word.empty() && std::find(words.begin(), words.end(), word) != words.end();
}

// Whether the text from `at` on is nothing but characters of one class.
template <typename InClass>
bool isAll(std::string_view text, InClass inClass)
{
    return std::all_of(text.begin(), text.end(), inClass);
}

template <typename InClass>
std::size_t skip(std::string_view text, std::size_t at, InClass inClass)
{
    while (at < text.size() && inClass(text[at]))
        ++at;
    return at;
}

std::string_view withoutSign(std::string_view text)
{
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return text;
}

// `(:[0-5]?[0-9])+` from `at` on; returns where it ends, `at` if there is none.
std::size_t skipSixties(std::string_view text, std::size_t at)
{
    while (at + 1 < text.size() && text[at] == ':' && isDigit(text[at + 1])) {
        const bool hasTwo = text[at + 1] <= '5' && at + 2 < text.size() && isDigit(text[at + 2]);
        at += hasTwo ? 3 : 2;
    }
    return at;
}

bool looksLikeInt(std::string_view text)
{
    text = withoutSign(text);
    if (text.empty() || !isDigit(text.front()))
        return false;
    if (text.front() != '0') {
        const std::size_t end = skip(text, 1, isDigitOrUnderscore);
        return skipSixties(text, end) == text.size();
    }
    if (text.size() == 1)
        return true;
    const std::string_view rest = text.substr(2);
    if (text[1] == 'b')
        return !rest.empty()
            && isAll(rest, [](char c) { return c == '0' || c == '1' || c == '_'; });
    if (text[1] == 'x')
        return !rest.empty() && isAll(rest, [](char c) {
            return isDigitOrUnderscore(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
        });
    return isAll(text.substr(1), [](char c) { return (c >= '0' && c <= '7') || c == '_'; });
}

// `([eE][-+][0-9]+)?` up to the end.
bool isExponentOrEnd(std::string_view text, std::size_t at)
{
    if (at == text.size())
        return true;
    if (at + 2 >= text.size() || (text[at] | 0x20) != 'e'
        || (text[at + 1] != '-' && text[at + 1] != '+'))
        return false;
    return isAll(text.substr(at + 2), isDigit);
}

bool looksLikeFloat(std::string_view text)
{
    const std::string_view number = withoutSign(text);
    if (number == ".inf" || number == ".Inf" || number == ".INF")
        return true;
    if (text == ".nan" || text == ".NaN" || text == ".NAN")
        return true;
    if (text.size() > 1 && text[0] == '.' && isDigit(text[1]))
        return isExponentOrEnd(text, skip(text, 1, isDigitOrUnderscore));
    if (number.empty() || !isDigit(number.front()))
        return false;
    const std::size_t whole = skip(number, 0, isDigitOrUnderscore);
    const std::size_t sixties = skipSixties(number, whole);
    if (sixties >= number.size() || number[sixties] != '.')
        return false;
    const std::size_t end = skip(number, sixties + 1, isDigitOrUnderscore);
    return sixties == whole ? isExponentOrEnd(number, end) : end == number.size();
}

tl::unexpected<Error> unfit(std::string_view text, const char *type,
                            const char *kind = "ValueError")
{
    const QString shown = QString::fromUtf8(
        text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 80)));
    return failure(Error{ErrorCode::Invalid,
                         QStringLiteral("\"%1\" is no %2; put it in quotes if it is text")
                             .arg(shown, QString::fromUtf8(type)),
                         QString::fromUtf8(kind)});
}

// Splits `1:30:20` and sums it up in base sixty.
std::optional<Value> wholeSixties(std::string_view text)
{
    // Each part multiplies what stands in front of it: many long ones would take seconds.
    constexpr std::size_t longestSixties = 2'000;
    if (text.size() > longestSixties)
        return std::nullopt;
    BigInt sum;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        const auto part = pythonIntFrom(text.substr(at, end - at));
        if (!part)
            return std::nullopt;
        sum = sum * BigInt(60) + (part->isInt() ? BigInt(part->toInt()) : part->toBigInt());
        at = end + 1;
    }
    return Value(sum);
}

std::optional<Value> wholeNumber(std::string_view text)
{
    if (text == "0")
        return Value(0);
    if (text.starts_with("0b"))
        return pythonIntFrom(text.substr(2), 2);
    if (text.starts_with("0x"))
        return pythonIntFrom(text.substr(2), 16);
    if (text.starts_with('0'))
        return pythonIntFrom(text, 8);
    return text.find(':') == std::string_view::npos ? pythonIntFrom(text) : wholeSixties(text);
}

Result<Value> intScalar(std::string_view text)
{
    std::string digits(text);
    std::erase(digits, '_');
    const bool isNegative = digits.starts_with('-');
    const auto number = wholeNumber(withoutSign(digits));
    if (!number)
        return unfit(text, "integer");
    if (!isNegative)
        return *number;
    return number->isInt() && number->toInt() != INT64_MIN
        ? Value(-number->toInt())
        : Value(-(number->isInt() ? BigInt(number->toInt()) : number->toBigInt()));
}

std::optional<double> realSixties(std::string_view text)
{
    double sum = 0;
    double base = 1;
    for (std::size_t end = text.size() + 1; end > 0;) {
        const std::size_t colon = end >= 2 ? text.rfind(':', end - 2) : std::string_view::npos;
        const std::size_t begin = colon == std::string_view::npos ? 0 : colon + 1;
        const auto part = pythonFloatFrom(text.substr(begin, end - 1 - begin));
        if (!part || base > 1e300)
            return std::nullopt;
        sum += *part * base;
        base *= 60;
        end = begin;
    }
    return sum;
}

Result<Value> floatScalar(std::string_view text)
{
    std::string digits(text);
    std::erase(digits, '_');
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    const double sign = digits.starts_with('-') ? -1.0 : 1.0;
    const std::string_view number = withoutSign(digits);
    if (number == ".inf")
        return Value(sign * std::numeric_limits<double>::infinity());
    if (number == ".nan")
        return Value(std::numeric_limits<double>::quiet_NaN());
    const auto real = number.find(':') == std::string_view::npos ? pythonFloatFrom(number)
                                                                 : realSixties(number);
    if (!real)
        return unfit(text, "number");
    return Value(sign * *real);
}

Result<Value> boolScalar(std::string_view text)
{
    std::string word(text);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    if (holds(trueWords, word))
        return Value(true);
    if (holds(falseWords, word))
        return Value(false);
    return unfit(text, "boolean", "KeyError");
}

int sixBits(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (isDigit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

} // namespace

YamlType yamlTypeOf(std::string_view plain)
{
    if (plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL")
        return YamlType::Null;
    if (holds(trueWords, plain) || holds(falseWords, plain))
        return YamlType::Bool;
    if (plain == "<<")
        return YamlType::Merge;
    if (plain == "=")
        return YamlType::Default;
    if (!isDigit(plain.front()) && plain.front() != '-' && plain.front() != '+'
        && plain.front() != '.')
        return YamlType::Text;
    if (looksLikeFloat(plain))
        return YamlType::Float;
    if (looksLikeInt(plain))
        return YamlType::Int;
    return looksLikeYamlTime(plain) ? YamlType::Timestamp : YamlType::Text;
}

Result<Value> yamlScalar(YamlType type, std::string_view text)
{
    switch (type) {
    case YamlType::Text:
        return Value(text);
    case YamlType::Null:
        return Value();
    case YamlType::Bool:
        return boolScalar(text);
    case YamlType::Int:
        return intScalar(text);
    case YamlType::Float:
        return floatScalar(text);
    case YamlType::Timestamp: {
        const auto time = yamlTime(text);
        if (!time)
            return unfit(text, "time");
        return *time;
    }
    case YamlType::Merge:
    case YamlType::Default:
        break;
    }
    return unfit(text, "value", "ConstructorError");
}

// Takes what is not of the alphabet for nothing, as Python's decoder does: line breaks, but stray
// characters too.
Result<Value> yamlBinary(std::string_view text)
{
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return unfit(text, "base64", "ConstructorError");
    std::string bytes;
    int place = 0;
    int pads = 0;
    int rest = 0;
    for (const char c : text) {
        if (c == '=' && place >= 2 && place + ++pads >= 4)
            return Value::bytes(bytes);
        const int bits = sixBits(c);
        if (bits < 0)
            continue;
        pads = 0;
        rest = (rest << 6) | bits;
        if (place > 0)
            bytes += static_cast<char>(rest >> (6 - 2 * place));
        place = (place + 1) % 4;
        rest &= place == 1 ? 0x3F : place == 2 ? 0x0F : place == 3 ? 0x03 : 0;
    }
    if (place != 0)
        return unfit(text, "base64", "ConstructorError");
    return Value::bytes(bytes);
}

} // namespace stormglass
