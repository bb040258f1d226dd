#include "engine/expressions/jinja_filters.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/methods.h"
#include "engine/expressions/python_format.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/text_case.h"
#include "engine/expressions/text_cutting.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

// A result is Markup where the input was.
Value likeInput(const Value &input, std::string text)
{
    return objectAs<Markup>(input) ? Markup::make(std::move(text)) : Value(text);
}

Value upper(Evaluation &evaluation, const BoundArguments &arguments)
{
    return likeInput(arguments[0], upperCase(strOf(evaluation, arguments[0])));
}

Value lower(Evaluation &evaluation, const BoundArguments &arguments)
{
    return likeInput(arguments[0], lowerCase(strOf(evaluation, arguments[0])));
}

Value capitalize(Evaluation &evaluation, const BoundArguments &arguments)
{
    return likeInput(arguments[0], capitalized(strOf(evaluation, arguments[0])));
}

bool endsWord(std::string_view character)
{
    constexpr std::string_view others = "-({[<";
    return others.find(character) != std::string_view::npos
        || isPythonSpace(utf8::decodeFirst(character));
}

// Words begin behind blanks, hyphens and opening brackets alone, unlike in str.title.
Value title(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string text = strOf(evaluation, arguments[0]);
    std::string out;
    bool startsWord = true;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view character = rest.substr(0, utf8::sizeOfFirst(rest));
        out += startsWord ? upperCase(character) : lowerCase(character);
        startsWord = endsWord(character);
        rest.remove_prefix(character.size());
    }
    return out;
}

Value string(Evaluation &evaluation, const BoundArguments &arguments)
{
    return textIn(arguments[0]) ? arguments[0] : Value(strOf(evaluation, arguments[0]));
}

Value trim(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string text = strOf(evaluation, arguments[0]);
    if (arguments[1].isNull())
        return likeInput(arguments[0], std::string(stripped(text)));
    const auto characters = textIn(arguments[1]);
    if (!characters)
        return evaluation.failType("strip arg must be None or str");
    return likeInput(arguments[0],
                     std::string(strippedRight(strippedLeft(text, *characters), *characters)));
}

Value replace(Evaluation &evaluation, const BoundArguments &arguments)
{
    const bool escapes = asJinja(evaluation).escapes();
    const auto textOf = [&](const Value &value) {
        return escapes ? escapedMarkup(evaluation, value) : strOf(evaluation, value);
    };
    const bool keepsMarkup
        = escapes && (objectAs<Markup>(arguments[1]) || objectAs<Markup>(arguments[2]));
    const std::string text
        = keepsMarkup ? escapedMarkup(evaluation, arguments[0]) : strOf(evaluation, arguments[0]);
    const std::string before = objectAs<Markup>(arguments[0]) && escapes
        ? textOf(arguments[1])
        : strOf(evaluation, arguments[1]);
    const std::string after = objectAs<Markup>(arguments[0]) && escapes
        ? textOf(arguments[2])
        : strOf(evaluation, arguments[2]);
    const auto most
        = arguments[3].isNull() ? std::optional<std::int64_t>(-1) : indexIn(arguments[3]);
    if (evaluation.failed())
        return {};
    if (!most)
        return evaluation.failType("'" + typeNameOf(arguments[3])
                                   + "' object cannot be interpreted as an integer");
    const auto times = static_cast<std::size_t>(occurrences(text, before));
    if (!evaluation.affordsText(text.size() + times * after.size()))
        return {};
    std::string out = replaced(text, before, after, *most);
    return escapes && (keepsMarkup || objectAs<Markup>(arguments[0])) ? Markup::make(std::move(out))
                                                                      : Value(out);
}

Value format(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::vector<NamedArgument> names = arguments.names();
    if (!names.empty() && !arguments.rest().empty())
        return evaluation.fail(PythonError::FilterArgument,
                               "can't handle positional and keyword arguments at the same time");
    const Value text(strOf(evaluation, arguments[0]));
    if (evaluation.failed())
        return {};
    if (names.empty())
        return percentFormat(
            evaluation, text,
            Value::tuple(ValueList(arguments.rest().begin(), arguments.rest().end())));
    ValueMap map;
    for (const NamedArgument &name : names)
        map.set(name.name, name.value);
    return percentFormat(evaluation, text, Value(std::move(map)));
}

bool isWord(char32_t c)
{
    return c == '_' || QChar::isLetterOrNumber(c);
}

Value wordcount(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::int64_t count = 0;
    bool inWord = false;
    for (const char32_t c : utf8::decode(strOf(evaluation, arguments[0]))) {
        count += isWord(c) && !inWord ? 1 : 0;
        inWord = isWord(c);
    }
    return count;
}

void appendQuoted(std::string_view bytes, bool isQuery, std::string &out)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view safe = "_.-~";
    for (const char c : bytes) {
        const bool isPlain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z') || safe.find(c) != std::string_view::npos
            || (c == '/' && !isQuery);
        if (isPlain) {
            out += c;
        } else if (c == ' ' && isQuery) {
            out += '+';
        } else {
            out += '%';
            out += hex[static_cast<unsigned char>(c) >> 4];
            out += hex[static_cast<unsigned char>(c) & 15];
        }
    }
}

void appendQuotedValue(Evaluation &evaluation, const Value &value, bool isQuery, std::string &out)
{
    appendQuoted(value.isBytes() ? std::string(value.text()) : strOf(evaluation, value), isQuery,
                 out);
}

Value urlencode(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &value = arguments[0];
    std::string out;
    const bool isPlain = textIn(value) || !isIterable(evaluation, value);
    if (evaluation.failed())
        return {};
    if (isPlain) {
        appendQuotedValue(evaluation, value, false, out);
        return out;
    }
    const Value pairs = value.isMap()
        ? Value(std::make_shared<const MapView>(value, MapView::Part::Items))
        : value;
    forEach(evaluation, pairs, [&](const Value &pair) {
        const ValueList parts = listOf(evaluation, pair);
        if (!evaluation.failed() && parts.size() != 2)
            evaluation.failValue(parts.size() < 2 ? "not enough values to unpack (expected 2, got "
                                         + std::to_string(parts.size()) + ")"
                                                  : "too many values to unpack (expected 2)");
        if (evaluation.failed())
            return false;
        if (!out.empty())
            out += '&';
        appendQuotedValue(evaluation, parts[0], true, out);
        out += '=';
        appendQuotedValue(evaluation, parts[1], true, out);
        return evaluation.affordsText(out.size());
    });
    return out;
}

constexpr std::array entries{
    FunctionEntry{"upper", "do_upper(s)", upper},
    FunctionEntry{"lower", "do_lower(s)", lower},
    FunctionEntry{"capitalize", "do_capitalize(s)", capitalize},
    FunctionEntry{"title", "do_title(s)", title},
    FunctionEntry{"string", "soft_str(s)", string},
    FunctionEntry{"trim", "do_trim(value, chars=None)", trim},
    FunctionEntry{"replace", "do_replace(s, old, new, count=None)", replace},
    FunctionEntry{"format", "do_format(value, *args, **kwargs)", format},
    FunctionEntry{"wordcount", "do_wordcount(s)", wordcount},
    FunctionEntry{"urlencode", "do_urlencode(value)", urlencode},
};

} // namespace

std::span<const FunctionEntry> jinjaTextFilters()
{
    return entries;
}

} // namespace stormglass
