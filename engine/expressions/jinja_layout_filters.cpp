#include "engine/expressions/jinja_filters.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/members.h"
#include "engine/expressions/pretty_print.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/text_wrap.h"

#include <array>

namespace stormglass {

namespace {

Value likeInput(const Value &input, std::string text)
{
    return objectAs<Markup>(input) ? Markup::make(std::move(text)) : Value(text);
}

std::optional<std::int64_t> integerArgument(Evaluation &evaluation, const Value &value)
{
    const auto number = indexIn(value);
    if (!number)
        evaluation.failType("'" + typeNameOf(value)
                            + "' object cannot be interpreted as an integer");
    return number;
}

Value center(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value text(strOf(evaluation, arguments[0]));
    if (evaluation.failed())
        return {};
    const std::array both{text, arguments[1]};
    const Value centred = methodNamed(text, "center")->call(evaluation, {both, {}});
    return evaluation.failed() ? Value() : likeInput(arguments[0], std::string(centred.text()));
}

std::string repeated(std::string_view text, std::int64_t times)
{
    std::string out;
    for (std::int64_t i = 0; i < times; ++i)
        out += text;
    return out;
}

Value indent(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::string margin;
    if (const auto given = textIn(arguments[1])) {
        margin = *given;
    } else {
        const auto width = integerArgument(evaluation, arguments[1]);
        if (!width
            || !evaluation.affordsText(static_cast<std::size_t>(std::max<std::int64_t>(*width, 0))))
            return {};
        margin = repeated(" ", *width);
    }
    const auto text = textIn(arguments[0]);
    if (!text) {
        if (const Object *object = asObject(arguments[0]); object && !object->isOperand(evaluation))
            return {};
        // A list takes the line end that is added here for an item, and fails a step later.
        if (arguments[0].isList())
            return evaluation.fail(PythonError::Attribute,
                                   "'list' object has no attribute 'splitlines'");
        return evaluation.failType("unsupported operand type(s) for +=: '"
                                   + typeNameOf(arguments[0]) + "' and 'str'");
    }
    const bool indentsFirst = isTrue(evaluation, arguments[2]);
    const bool indentsBlank = isTrue(evaluation, arguments[3]);
    const std::string closed = std::string(*text) + '\n';
    const auto lines = splitLines(closed, LineEnds::Dropped);
    if (!evaluation.affordsText(closed.size() + lines.size() * margin.size()))
        return {};
    std::string out = indentsFirst ? margin : std::string();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0)
            out += '\n';
        if (i > 0 && (indentsBlank || !lines[i].empty()))
            out += margin;
        out += lines[i];
    }
    return likeInput(arguments[0], std::move(out));
}

Value truncate(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto length = integerArgument(evaluation, arguments[1]);
    const auto leeway = arguments[4].isNull() ? std::optional<std::int64_t>(5)
                                              : integerArgument(evaluation, arguments[4]);
    const std::string end = strOf(evaluation, arguments[3]);
    if (!length || !leeway || evaluation.failed())
        return {};
    if (*length < utf8::length(end))
        return evaluation.fail(PythonError::Assertion,
                               "expected length >= " + std::to_string(utf8::length(end)) + ", got "
                                   + std::to_string(*length));
    if (*leeway < 0)
        return evaluation.fail(PythonError::Assertion,
                               "expected leeway >= 0, got " + std::to_string(*leeway));
    const std::int64_t size = lengthOf(evaluation, arguments[0]);
    if (evaluation.failed() || size <= *length + *leeway)
        return evaluation.failed() ? Value() : arguments[0];
    const Value kept
        = slice(evaluation, arguments[0], {Value(), Value(*length - utf8::length(end)), Value()});
    if (evaluation.failed())
        return {};
    const auto text = textIn(kept);
    const bool cutsWords = isTrue(evaluation, arguments[2]);
    if (!text && cutsWords)
        return arithmetic(evaluation, Arithmetic::Add, kept, Value(end));
    if (!text)
        return evaluation.fail(PythonError::Attribute,
                               "'" + typeNameOf(kept) + "' object has no attribute 'rsplit'");
    const std::string_view whole = cutsWords ? *text : text->substr(0, text->rfind(' '));
    return likeInput(arguments[0], std::string(whole) + end);
}

Value wordwrap(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto text = textIn(arguments[0]);
    if (const Object *object = asObject(arguments[0]);
        object && !text && !object->isOperand(evaluation))
        return {};
    if (!text)
        return evaluation.fail(PythonError::Attribute,
                               "'" + typeNameOf(arguments[0])
                                   + "' object has no attribute 'splitlines'");
    const std::string between = arguments[3].isNull() ? "\n" : strOf(evaluation, arguments[3]);
    const auto width = integerArgument(evaluation, arguments[1]);
    if (!width)
        return {};
    const TextWrap wrap{*width, isTrue(evaluation, arguments[2]), isTrue(evaluation, arguments[4])};
    std::string out;
    bool isFirst = true;
    for (const std::string_view line : splitLines(*text, LineEnds::Dropped)) {
        if (*width <= 0)
            return evaluation.failValue("invalid width " + std::to_string(*width)
                                        + " (must be > 0)");
        const auto lines = wrappedText(line, wrap);
        if (!lines)
            return evaluation.fail(lines.error());
        if (!isFirst)
            out += between;
        isFirst = false;
        for (std::size_t i = 0; i < lines->size(); ++i)
            out += (i > 0 ? between : std::string()) + (*lines)[i];
        if (!evaluation.affordsText(out.size()))
            return {};
    }
    return out;
}

Value pprint(Evaluation &evaluation, const BoundArguments &arguments)
{
    return prettyPrinted(evaluation, arguments[0]);
}

constexpr std::array entries{
    FunctionEntry{"center", "do_center(value, width=80)", center},
    FunctionEntry{"indent", "do_indent(s, width=4, first=False, blank=False)", indent},
    FunctionEntry{"truncate", "do_truncate(s, length=255, killwords=False, end='...', leeway=None)",
                  truncate},
    FunctionEntry{"wordwrap",
                  "do_wordwrap(s, width=79, break_long_words=True, wrapstring=None, "
                  "break_on_hyphens=True)",
                  wordwrap},
    FunctionEntry{"pprint", "do_pprint(value)", pprint},
};

} // namespace

std::span<const FunctionEntry> jinjaLayoutFilters()
{
    return entries;
}

} // namespace stormglass
