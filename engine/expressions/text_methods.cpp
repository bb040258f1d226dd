#include "engine/expressions/methods.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_format.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/text_case.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

std::string_view self(const BoundArguments &arguments)
{
    return *textIn(arguments[0]);
}

// The text of a parameter; fails with the class Python raises.
std::string_view textArgument(Evaluation &evaluation, const BoundArguments &arguments,
                              int parameter)
{
    if (const auto text = textIn(arguments[parameter]))
        return *text;
    evaluation.failType("argument must be str, not " + typeNameOf(arguments[parameter]));
    return {};
}

std::int64_t countArgument(Evaluation &evaluation, const BoundArguments &arguments, int parameter)
{
    if (const auto count = indexIn(arguments[parameter]))
        return *count;
    evaluation.failType("'" + typeNameOf(arguments[parameter])
                        + "' object cannot be interpreted as an integer");
    return 0;
}

Value listOfTexts(const std::vector<std::string_view> &parts)
{
    ValueList items;
    items.reserve(parts.size());
    for (const std::string_view part : parts)
        items.emplace_back(part);
    return Value(std::move(items));
}

Value upper(Evaluation &, const BoundArguments &arguments)
{
    return upperCase(self(arguments));
}
Value lower(Evaluation &, const BoundArguments &arguments)
{
    return lowerCase(self(arguments));
}
Value casefold(Evaluation &, const BoundArguments &arguments)
{
    return foldedCase(self(arguments));
}
Value title(Evaluation &, const BoundArguments &arguments)
{
    return titleCase(self(arguments));
}
Value swapcase(Evaluation &, const BoundArguments &arguments)
{
    return swappedCase(self(arguments));
}
Value capitalize(Evaluation &, const BoundArguments &arguments)
{
    return capitalized(self(arguments));
}

Value strip(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[1].isNull())
        return stripped(self(arguments));
    const std::string_view characters = textArgument(evaluation, arguments, 1);
    return strippedRight(strippedLeft(self(arguments), characters), characters);
}

Value lstrip(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[1].isNull())
        return strippedLeft(self(arguments));
    return strippedLeft(self(arguments), textArgument(evaluation, arguments, 1));
}

Value rstrip(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[1].isNull())
        return strippedRight(self(arguments));
    return strippedRight(self(arguments), textArgument(evaluation, arguments, 1));
}

enum class From { Left, Right };

// No more than one part too many is made.
Value splitFromSpaces(Evaluation &evaluation, std::string_view text, std::int64_t most, From side)
{
    const std::int64_t limit = evaluation.context().limits.sequenceItems + 1;
    const std::int64_t cuts = most < 0 ? limit : std::min(most, limit);
    const auto parts
        = side == From::Left ? splitAtSpaces(text, cuts) : splitAtSpacesFromRight(text, cuts);
    return evaluation.affordsItems(static_cast<std::int64_t>(parts.size())) ? listOfTexts(parts)
                                                                            : Value();
}

Value splitFrom(Evaluation &evaluation, const BoundArguments &arguments, From side)
{
    const std::int64_t most = countArgument(evaluation, arguments, 2);
    const std::string_view text = self(arguments);
    if (arguments[1].isNull())
        return splitFromSpaces(evaluation, text, most, side);
    const std::string_view separator = textArgument(evaluation, arguments, 1);
    if (evaluation.failed())
        return {};
    if (separator.empty())
        return evaluation.failValue("empty separator");
    const std::int64_t parts = occurrences(text, separator) + 1;
    if (!evaluation.affordsItems(most < 0 ? parts : std::min(parts, most)))
        return {};
    return listOfTexts(side == From::Left ? splitAt(text, separator, most)
                                          : splitAtFromRight(text, separator, most));
}

Value split(Evaluation &evaluation, const BoundArguments &arguments)
{
    return splitFrom(evaluation, arguments, From::Left);
}

Value rsplit(Evaluation &evaluation, const BoundArguments &arguments)
{
    return splitFrom(evaluation, arguments, From::Right);
}

Value splitlines(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto ends = isTrue(evaluation, arguments[1]) ? LineEnds::Kept : LineEnds::Dropped;
    const auto most = static_cast<std::size_t>(evaluation.context().limits.sequenceItems);
    const auto lines = splitLines(self(arguments), ends, most + 1);
    return evaluation.affordsItems(static_cast<std::int64_t>(lines.size())) ? listOfTexts(lines)
                                                                            : Value();
}

Value partitionFrom(Evaluation &evaluation, const BoundArguments &arguments, From side)
{
    const std::string_view separator = textArgument(evaluation, arguments, 1);
    if (evaluation.failed())
        return {};
    if (separator.empty())
        return evaluation.failValue("empty separator");
    const std::string_view text = self(arguments);
    const std::size_t at = side == From::Left ? text.find(separator) : text.rfind(separator);
    if (at == std::string_view::npos)
        return side == From::Left ? Value::tuple({text, "", ""}) : Value::tuple({"", "", text});
    return Value::tuple({text.substr(0, at), separator, text.substr(at + separator.size())});
}

Value partition(Evaluation &evaluation, const BoundArguments &arguments)
{
    return partitionFrom(evaluation, arguments, From::Left);
}

Value rpartition(Evaluation &evaluation, const BoundArguments &arguments)
{
    return partitionFrom(evaluation, arguments, From::Right);
}

Value replace(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string_view before = textArgument(evaluation, arguments, 1);
    const std::string_view after = textArgument(evaluation, arguments, 2);
    const std::int64_t most = countArgument(evaluation, arguments, 3);
    if (evaluation.failed())
        return {};
    const std::size_t times = static_cast<std::size_t>(occurrences(self(arguments), before));
    if (!evaluation.affordsText(self(arguments).size() + times * after.size()))
        return {};
    return replaced(self(arguments), before, after, most);
}

Value join(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::string text;
    std::int64_t place = 0;
    forEach(evaluation, arguments[1], [&](const Value &item) {
        const auto part = textIn(item);
        if (!part) {
            evaluation.failType("sequence item " + std::to_string(place)
                                + ": expected str instance, " + typeNameOf(item) + " found");
            return false;
        }
        if (place++ > 0)
            text += self(arguments);
        text += *part;
        return text.size() < 4096 || evaluation.affordsText(text.size());
    });
    return text;
}

Value format(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::vector<NamedArgument> names = arguments.names();
    return formatText(evaluation, self(arguments), {arguments.rest(), names});
}

Value formatMap(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::vector<NamedArgument> names;
    if (!arguments[1].isMap())
        return evaluation.failType("format_map() argument must be a mapping, not "
                                   + typeNameOf(arguments[1]));
    for (const ValueMap::Entry &entry : arguments[1].entries()) {
        if (entry.key.isText())
            names.push_back({entry.key, entry.value});
    }
    return formatText(evaluation, self(arguments), {{}, names});
}

// Widened by a fill of one character; `left` is how many go in front.
template <typename Left>
Value widened(Evaluation &evaluation, const BoundArguments &arguments, Left left)
{
    const std::int64_t width = countArgument(evaluation, arguments, 1);
    const std::string_view fill = textArgument(evaluation, arguments, 2);
    if (evaluation.failed())
        return {};
    if (utf8::length(fill) != 1)
        return evaluation.failType("The fill character must be exactly one character long");
    const std::int64_t missing = std::max<std::int64_t>(width - utf8::length(self(arguments)), 0);
    if (!evaluation.affordsText(static_cast<std::size_t>(missing) * fill.size()))
        return {};
    std::string text;
    const std::int64_t front = left(missing, width);
    for (std::int64_t i = 0; i < front; ++i)
        text += fill;
    text += self(arguments);
    for (std::int64_t i = front; i < missing; ++i)
        text += fill;
    return text;
}

Value ljust(Evaluation &evaluation, const BoundArguments &arguments)
{
    return widened(evaluation, arguments, [](std::int64_t, std::int64_t) { return 0; });
}

Value rjust(Evaluation &evaluation, const BoundArguments &arguments)
{
    return widened(evaluation, arguments,
                   [](std::int64_t missing, std::int64_t) { return missing; });
}

Value center(Evaluation &evaluation, const BoundArguments &arguments)
{
    // CPython's rounding: the odd one goes left when the width is odd.
    return widened(evaluation, arguments, [](std::int64_t missing, std::int64_t width) {
        return missing / 2 + (missing & width & 1);
    });
}

Value zfill(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::int64_t width = countArgument(evaluation, arguments, 1);
    const std::string_view text = self(arguments);
    const std::int64_t missing = std::max<std::int64_t>(width - utf8::length(text), 0);
    if (evaluation.failed() || !evaluation.affordsText(static_cast<std::size_t>(missing)))
        return {};
    const bool isSigned = text.starts_with('-') || text.starts_with('+');
    std::string filled(text.substr(0, isSigned ? 1 : 0));
    filled.append(static_cast<std::size_t>(missing), '0');
    return filled += text.substr(isSigned ? 1 : 0);
}

Value expandtabs(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::int64_t size = countArgument(evaluation, arguments, 1);
    const std::size_t tabs = static_cast<std::size_t>(std::ranges::count(self(arguments), '\t'));
    if (!evaluation.affordsText(self(arguments).size()
                                + tabs * static_cast<std::size_t>(std::max<std::int64_t>(size, 0))))
        return {};
    std::string text;
    std::int64_t column = 0;
    for (const char c : self(arguments)) {
        if (c == '\t') {
            const std::int64_t blanks = size > 0 ? size - column % size : 0;
            text.append(static_cast<std::size_t>(blanks), ' ');
            column += blanks;
            continue;
        }
        text += c;
        if (c == '\n' || c == '\r')
            column = 0;
        else if ((c & 0xC0) != 0x80)
            ++column;
    }
    return text;
}

constexpr std::array entries{
    FunctionEntry{"upper", "upper(self)", upper},
    FunctionEntry{"lower", "lower(self)", lower},
    FunctionEntry{"casefold", "casefold(self)", casefold},
    FunctionEntry{"title", "title(self)", title},
    FunctionEntry{"swapcase", "swapcase(self)", swapcase},
    FunctionEntry{"capitalize", "capitalize(self)", capitalize},
    FunctionEntry{"strip", "strip(self, chars=None)", strip},
    FunctionEntry{"lstrip", "lstrip(self, chars=None)", lstrip},
    FunctionEntry{"rstrip", "rstrip(self, chars=None)", rstrip},
    FunctionEntry{"split", "split(self, sep=None, maxsplit=-1)", split},
    FunctionEntry{"rsplit", "rsplit(self, sep=None, maxsplit=-1)", rsplit},
    FunctionEntry{"splitlines", "splitlines(self, keepends=False)", splitlines},
    FunctionEntry{"partition", "partition(self, sep)", partition},
    FunctionEntry{"rpartition", "rpartition(self, sep)", rpartition},
    FunctionEntry{"replace", "replace(self, old, new, count=-1)", replace},
    FunctionEntry{"join", "join(self, iterable)", join},
    FunctionEntry{"format", "format(self, *args, **kwargs)", format},
    FunctionEntry{"format_map", "format_map(self, mapping)", formatMap},
    FunctionEntry{"ljust", "ljust(self, width, fillchar=' ')", ljust},
    FunctionEntry{"rjust", "rjust(self, width, fillchar=' ')", rjust},
    FunctionEntry{"center", "center(self, width, fillchar=' ')", center},
    FunctionEntry{"zfill", "zfill(self, width)", zfill},
    FunctionEntry{"expandtabs", "expandtabs(self, tabsize=8)", expandtabs},
};

} // namespace

std::span<const FunctionEntry> textMethods()
{
    return entries;
}

} // namespace stormglass
