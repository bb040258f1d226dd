#include "engine/expressions/methods.h"

#include "engine/base/utf8.h"
#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/text_case.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/text_tests.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

template <typename Test>
bool everyCharacter(std::string_view text, Test test)
{
    const std::vector<char32_t> characters = utf8::decode(text);
    return !characters.empty() && std::ranges::all_of(characters, test);
}

std::string_view self(const BoundArguments &arguments)
{
    return *textIn(arguments[0]);
}

bool isDecimal(char32_t c)
{
    return QChar::category(c) == QChar::Number_DecimalDigit;
}

bool isDigit(char32_t c)
{
    return QChar::digitValue(c) >= 0;
}

bool isNumeric(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return true;
    default:
        return false;
    }
}

bool isPrintable(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    case QChar::Separator_Space:
        return c == ' ';
    default:
        return true;
    }
}

bool startsIdentifier(char32_t c)
{
    return c == '_' || QChar::isLetter(c) || QChar::category(c) == QChar::Number_Letter;
}

bool continuesIdentifier(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return startsIdentifier(c) || isDecimal(c) || category == QChar::Mark_NonSpacing
        || category == QChar::Mark_SpacingCombining || category == QChar::Punctuation_Connector;
}

Value isalpha(Evaluation &, const BoundArguments &arguments)
{
    return everyCharacter(self(arguments), [](char32_t c) { return QChar::isLetter(c); });
}

Value isalnum(Evaluation &, const BoundArguments &arguments)
{
    return everyCharacter(self(arguments),
                          [](char32_t c) { return QChar::isLetter(c) || isNumeric(c); });
}

Value isdigit(Evaluation &, const BoundArguments &arguments)
{
    return everyCharacter(self(arguments), isDigit);
}

Value isdecimal(Evaluation &, const BoundArguments &arguments)
{
    return everyCharacter(self(arguments), isDecimal);
}

Value isnumeric(Evaluation &, const BoundArguments &arguments)
{
    return everyCharacter(self(arguments), isNumeric);
}

Value isspace(Evaluation &, const BoundArguments &arguments)
{
    return everyCharacter(self(arguments), isPythonSpace);
}

Value isascii(Evaluation &, const BoundArguments &arguments)
{
    return utf8::isAscii(self(arguments));
}

Value isprintable(Evaluation &, const BoundArguments &arguments)
{
    return self(arguments).empty() || everyCharacter(self(arguments), isPrintable);
}

Value islower(Evaluation &, const BoundArguments &arguments)
{
    return isLowerText(self(arguments));
}
Value isupper(Evaluation &, const BoundArguments &arguments)
{
    return isUpperText(self(arguments));
}

Value istitle(Evaluation &, const BoundArguments &arguments)
{
    bool hasCased = false;
    bool afterCased = false;
    for (const char32_t c : utf8::decode(self(arguments))) {
        const bool isUpper = QChar::isUpper(c) || QChar::isTitleCase(c);
        const bool isLower = QChar::isLower(c);
        if ((isUpper && afterCased) || (isLower && !afterCased))
            return false;
        afterCased = isUpper || isLower;
        hasCased = hasCased || afterCased;
    }
    return hasCased;
}

Value isidentifier(Evaluation &, const BoundArguments &arguments)
{
    const std::vector<char32_t> characters = utf8::decode(self(arguments));
    return !characters.empty() && startsIdentifier(characters.front())
        && std::ranges::all_of(characters, continuesIdentifier);
}

Value encode(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto encoding = textIn(arguments[1]);
    const auto errors = textIn(arguments[2]);
    if (!encoding || !errors)
        return evaluation.failType("encode() arguments must be str");
    std::string name = lowerCase(*encoding);
    std::erase_if(name, [](char c) { return c == '-' || c == '_' || c == ' '; });
    if (name == "utf8")
        return Value::bytes(self(arguments));
    const bool isAscii = name == "ascii" || name == "usascii";
    if (!isAscii && name != "latin1" && name != "iso88591")
        return evaluation.fail(PythonError::Lookup, "unknown encoding: " + std::string(*encoding));
    std::string bytes;
    for (const char32_t c : utf8::decode(self(arguments))) {
        if (c < (isAscii ? 0x80U : 0x100U))
            bytes += static_cast<char>(static_cast<unsigned char>(c));
        else if (*errors == "replace")
            bytes += '?';
        else if (*errors != "ignore")
            return evaluation.fail(PythonError::UnicodeEncode,
                                   "'" + std::string(*encoding) + "' codec can't encode character");
    }
    return Value::bytes(bytes);
}

Value maketrans(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto from = textIn(arguments[1]);
    const auto to = textIn(arguments[2]);
    if (arguments[1].isMap() && !arguments.isGiven(2))
        return arguments[1];
    if (!from || !to)
        return evaluation.failType("the arguments of maketrans() must be strings");
    const std::vector<char32_t> before = utf8::decode(*from);
    const std::vector<char32_t> after = utf8::decode(*to);
    if (before.size() != after.size())
        return evaluation.failValue("the first two maketrans arguments must have equal length");
    ValueMap map;
    for (std::size_t i = 0; i < before.size(); ++i)
        map.set(Value(static_cast<std::int64_t>(before[i])),
                Value(static_cast<std::int64_t>(after[i])));
    if (const auto removed = textIn(arguments[3])) {
        for (const char32_t c : utf8::decode(*removed))
            map.set(Value(static_cast<std::int64_t>(c)), Value());
    }
    return Value(std::move(map));
}

Value translate(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (!arguments[1].isMap())
        return evaluation.failType("'" + typeNameOf(arguments[1])
                                   + "' object is not subscriptable");
    std::string text;
    for (const char32_t c : utf8::decode(self(arguments))) {
        const Value *other = arguments[1].entries().find(Value(static_cast<std::int64_t>(c)));
        if (!other)
            utf8::append(text, c);
        else if (const auto replacement = textIn(*other))
            text += *replacement;
        else if (const auto number = indexIn(*other))
            utf8::append(text, static_cast<char32_t>(*number));
        else if (!other->isNull())
            return evaluation.failType("character mapping must return integer, None or str");
        if (text.size() > 4096 && !evaluation.affordsText(text.size()))
            return {};
    }
    return text;
}

constexpr std::array entries{
    FunctionEntry{"isalpha", "isalpha(self)", isalpha},
    FunctionEntry{"isalnum", "isalnum(self)", isalnum},
    FunctionEntry{"isdigit", "isdigit(self)", isdigit},
    FunctionEntry{"isdecimal", "isdecimal(self)", isdecimal},
    FunctionEntry{"isnumeric", "isnumeric(self)", isnumeric},
    FunctionEntry{"isspace", "isspace(self)", isspace},
    FunctionEntry{"isascii", "isascii(self)", isascii},
    FunctionEntry{"isprintable", "isprintable(self)", isprintable},
    FunctionEntry{"islower", "islower(self)", islower},
    FunctionEntry{"isupper", "isupper(self)", isupper},
    FunctionEntry{"istitle", "istitle(self)", istitle},
    FunctionEntry{"isidentifier", "isidentifier(self)", isidentifier},
    FunctionEntry{"encode", "encode(self, encoding='utf-8', errors='strict')", encode},
    FunctionEntry{"maketrans", "maketrans(self, x, y=None, z=None)", maketrans},
    FunctionEntry{"translate", "translate(self, table)", translate},
};

} // namespace

bool isLowerText(std::string_view text)
{
    const std::vector<char32_t> characters = utf8::decode(text);
    return std::ranges::any_of(characters, [](char32_t c) { return QChar::isLower(c); })
        && std::ranges::none_of(
               characters, [](char32_t c) { return QChar::isUpper(c) || QChar::isTitleCase(c); });
}

bool isUpperText(std::string_view text)
{
    const std::vector<char32_t> characters = utf8::decode(text);
    return std::ranges::any_of(characters, [](char32_t c) { return QChar::isUpper(c); })
        && std::ranges::none_of(
               characters, [](char32_t c) { return QChar::isLower(c) || QChar::isTitleCase(c); });
}

std::span<const FunctionEntry> textTests()
{
    return entries;
}

} // namespace stormglass
