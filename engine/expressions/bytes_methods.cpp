#include "engine/expressions/methods.h"

#include "engine/base/utf8.h"
#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/text_case.h"

#include <QString>

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

// Methods that bytes share with text are those of text, on a text that stands for the bytes: ASCII
// as it is, all else as characters of a private area, which have no case and are no letters, no
// digits and no white space, as bytes beyond ASCII are not.
constexpr char32_t privateArea = 0xF0000;

// Text knows more separators than bytes do, and more line ends than white space.
enum class Separators { White, Lines };

std::string standIn(std::string_view bytes, Separators separators)
{
    std::string text;
    text.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isOfTextAlone = (byte >= 0x1C && byte <= 0x1F)
            || (separators == Separators::Lines && (byte == '\v' || byte == '\f'));
        utf8::append(text, byte < 0x80 && !isOfTextAlone ? byte : privateArea + byte);
    }
    return text;
}

std::string bytesOf(std::string_view text)
{
    std::string bytes;
    for (const char32_t c : utf8::decode(text))
        bytes += static_cast<char>(static_cast<unsigned char>(c & 0xFF));
    return bytes;
}

Value asBytes(const Value &value)
{
    if (value.isText())
        return Value::bytes(bytesOf(value.text()));
    if (!value.isSequence())
        return value;
    ValueList items;
    for (const Value &item : value.items())
        items.push_back(asBytes(item));
    return value.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
}

Value bytesWanted(Evaluation &evaluation, const Value &value)
{
    return evaluation.failType("a bytes-like object is required, not '" + typeNameOf(value) + "'");
}

// What stands for an argument. A text is not for bytes; the number of a byte is where one is looked
// for.
Value argumentAsText(Evaluation &evaluation, const Value &value, Separators separators,
                     bool mayBeNumber)
{
    if (value.isBytes())
        return Value(standIn(value.text(), separators));
    if (textIn(value))
        return bytesWanted(evaluation, value);
    if (value.isTuple()) {
        ValueList items;
        for (const Value &item : value.items())
            items.push_back(argumentAsText(evaluation, item, separators, false));
        return Value::tuple(std::move(items));
    }
    if (!mayBeNumber || !indexIn(value))
        return value;
    const std::int64_t number = *indexIn(value);
    if (number < 0 || number > 255)
        return evaluation.failValue("byte must be in range(0, 256)");
    return Value(standIn(std::string(1, static_cast<char>(number)), separators));
}

Value likeText(Evaluation &evaluation, const BoundArguments &arguments)
{
    constexpr std::array<std::string_view, 5> searches{"find", "rfind", "index", "rindex", "count"};
    const std::string_view name = arguments.signature().name();
    const Separators separators = name == "splitlines" ? Separators::Lines : Separators::White;
    const bool isSearch = std::ranges::find(searches, name) != searches.end();
    std::vector<Value> given{Value(standIn(arguments[0].text(), separators))};
    const auto count = static_cast<int>(arguments.signature().parameters().size());
    for (int i = 1; i < count; ++i) {
        given.push_back(arguments.isGiven(i) ? argumentAsText(evaluation, arguments[i], separators,
                                                              isSearch && i == 1)
                                             : arguments[i]);
        if (evaluation.failed())
            return {};
    }
    const Function *method = methodNamed(Value(std::string_view()), name);
    return method ? asBytes(method->call(evaluation, {given, {}})) : Value();
}

Value join(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::string all;
    std::int64_t place = 0;
    forEach(evaluation, arguments[1], [&](const Value &item) {
        if (!item.isBytes()) {
            evaluation.failType("sequence item " + std::to_string(place)
                                + ": expected a bytes-like object, " + typeNameOf(item) + " found");
            return false;
        }
        if (place++ > 0)
            all += arguments[0].text();
        all += item.text();
        return all.size() < 4096 || evaluation.affordsText(all.size());
    });
    return Value::bytes(all);
}

// The name of an encoding as it is compared.
std::string encodingName(std::string_view given)
{
    std::string name = lowerCase(given);
    std::erase_if(name, [](char c) { return c == '-' || c == '_' || c == ' '; });
    return name;
}

// A text from bytes of which each is a character if it is below the bound.
Value decodedBytes(Evaluation &evaluation, const BoundArguments &arguments, unsigned bound)
{
    std::string text;
    for (const char c : arguments[0].text()) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < bound)
            utf8::append(text, byte);
        else if (*textIn(arguments[2]) == "replace")
            utf8::append(text, 0xFFFD);
        else if (*textIn(arguments[2]) != "ignore")
            return evaluation.fail(PythonError::UnicodeDecode, "'ascii' codec can't decode byte");
    }
    return text;
}

Value decodedUtf8(Evaluation &evaluation, const Value &bytes, std::string_view errors)
{
    if (isUtf8(bytes.text()))
        return bytes.text();
    if (errors != "replace" && errors != "ignore")
        return evaluation.fail(PythonError::UnicodeDecode, "'utf-8' codec can't decode bytes");
    QString text
        = QString::fromUtf8(bytes.text().data(), static_cast<qsizetype>(bytes.text().size()));
    if (errors == "ignore")
        text.remove(QChar(QChar::ReplacementCharacter));
    return Value(text);
}

Value decode(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto encoding = textIn(arguments[1]);
    const auto errors = textIn(arguments[2]);
    if (!encoding || !errors)
        return evaluation.failType("decode() argument must be str, not "
                                   + typeNameOf(arguments[encoding ? 2 : 1]));
    const std::string name = encodingName(*encoding);
    if (name == "utf8" || name == "u8")
        return decodedUtf8(evaluation, arguments[0], *errors);
    if (name == "latin1" || name == "iso88591" || name == "l1")
        return decodedBytes(evaluation, arguments, 0x100);
    if (name == "ascii" || name == "usascii")
        return decodedBytes(evaluation, arguments, 0x80);
    return evaluation.fail(PythonError::Lookup, "unknown encoding: " + std::string(*encoding));
}

Value hex(Evaluation &evaluation, const BoundArguments &arguments)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const auto group = indexIn(arguments[2]);
    std::string separator;
    if (arguments.isGiven(1)) {
        const auto given = textIn(arguments[1]);
        if (!given && !arguments[1].isBytes())
            return evaluation.failType("sep must be str or bytes.");
        separator = given ? *given : arguments[1].text();
        if (separator.size() != 1)
            return evaluation.failValue("sep must be length 1.");
    }
    if (!group)
        return evaluation.failType("'" + typeNameOf(arguments[2])
                                   + "' object cannot be interpreted as an integer");
    const std::string_view bytes = arguments[0].text();
    const auto size = static_cast<std::int64_t>(bytes.size());
    std::string text;
    for (std::int64_t i = 0; i < size; ++i) {
        // Groups are counted from the right, or from the left where the size is negative.
        const std::int64_t before = *group > 0 ? size - i : i;
        if (i > 0 && *group != 0 && before % std::abs(*group) == 0)
            text += separator;
        const auto byte = static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

int hexDigit(char c)
{
    return c >= '0' && c <= '9'                  ? c - '0'
        : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                 : -1;
}

Value fromHex(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto text = textIn(arguments[1]);
    if (!text)
        return evaluation.failType("fromhex() argument must be str, not "
                                   + typeNameOf(arguments[1]));
    std::string bytes;
    for (std::size_t i = 0; i < text->size(); ++i) {
        if (std::string_view(" \t\n\r\f\v").find((*text)[i]) != std::string_view::npos)
            continue;
        const int high = hexDigit((*text)[i]);
        const int low = ++i < text->size() ? hexDigit((*text)[i]) : -1;
        if (high < 0 || low < 0)
            return evaluation.failValue("non-hexadecimal number found in fromhex() arg");
        bytes += static_cast<char>(high * 16 + low);
    }
    return Value::bytes(bytes);
}

constexpr std::array entries{
    FunctionEntry{"decode", "decode(self, encoding='utf-8', errors='strict')", decode},
    FunctionEntry{"hex", "hex(self, sep='', bytes_per_sep=1)", hex},
    FunctionEntry{"fromhex", "fromhex(self, string)", fromHex},
    FunctionEntry{"join", "join(self, iterable)", join},
    FunctionEntry{"upper", "upper(self)", likeText},
    FunctionEntry{"lower", "lower(self)", likeText},
    FunctionEntry{"title", "title(self)", likeText},
    FunctionEntry{"swapcase", "swapcase(self)", likeText},
    FunctionEntry{"capitalize", "capitalize(self)", likeText},
    FunctionEntry{"strip", "strip(self, chars=None)", likeText},
    FunctionEntry{"lstrip", "lstrip(self, chars=None)", likeText},
    FunctionEntry{"rstrip", "rstrip(self, chars=None)", likeText},
    FunctionEntry{"split", "split(self, sep=None, maxsplit=-1)", likeText},
    FunctionEntry{"rsplit", "rsplit(self, sep=None, maxsplit=-1)", likeText},
    FunctionEntry{"splitlines", "splitlines(self, keepends=False)", likeText},
    FunctionEntry{"partition", "partition(self, sep)", likeText},
    FunctionEntry{"rpartition", "rpartition(self, sep)", likeText},
    FunctionEntry{"replace", "replace(self, old, new, count=-1)", likeText},
    FunctionEntry{"ljust", "ljust(self, width, fillchar=' ')", likeText},
    FunctionEntry{"rjust", "rjust(self, width, fillchar=' ')", likeText},
    FunctionEntry{"center", "center(self, width, fillchar=' ')", likeText},
    FunctionEntry{"zfill", "zfill(self, width)", likeText},
    FunctionEntry{"expandtabs", "expandtabs(self, tabsize=8)", likeText},
    FunctionEntry{"find", "find(self, sub, start=None, end=None)", likeText},
    FunctionEntry{"rfind", "rfind(self, sub, start=None, end=None)", likeText},
    FunctionEntry{"index", "index(self, sub, start=None, end=None)", likeText},
    FunctionEntry{"rindex", "rindex(self, sub, start=None, end=None)", likeText},
    FunctionEntry{"count", "count(self, sub, start=None, end=None)", likeText},
    FunctionEntry{"startswith", "startswith(self, prefix, start=None, end=None)", likeText},
    FunctionEntry{"endswith", "endswith(self, suffix, start=None, end=None)", likeText},
    FunctionEntry{"removeprefix", "removeprefix(self, prefix)", likeText},
    FunctionEntry{"removesuffix", "removesuffix(self, suffix)", likeText},
    FunctionEntry{"isalpha", "isalpha(self)", likeText},
    FunctionEntry{"isalnum", "isalnum(self)", likeText},
    FunctionEntry{"isdigit", "isdigit(self)", likeText},
    FunctionEntry{"isspace", "isspace(self)", likeText},
    FunctionEntry{"isascii", "isascii(self)", likeText},
    FunctionEntry{"islower", "islower(self)", likeText},
    FunctionEntry{"isupper", "isupper(self)", likeText},
    FunctionEntry{"istitle", "istitle(self)", likeText},
};

} // namespace

std::span<const FunctionEntry> bytesMethods()
{
    return entries;
}

} // namespace stormglass
