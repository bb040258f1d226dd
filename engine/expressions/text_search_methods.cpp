#include "engine/expressions/methods.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

enum class Side { Left, Right };

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

// The part of a text that `start` and `end` mark, and how many code points stand before it.
struct Window
{
    std::string_view text;
    std::int64_t before = 0;
    bool isValid = true;
};

Window windowOf(Evaluation &evaluation, const BoundArguments &arguments, int startParameter)
{
    const std::string_view text = self(arguments);
    if (arguments[startParameter].isNull() && arguments[startParameter + 1].isNull())
        return {text, 0, true};
    const std::int64_t size = utf8::length(text);
    const auto bound = [&](int parameter, std::int64_t preset) {
        if (arguments[parameter].isNull())
            return preset;
        const std::int64_t given = countArgument(evaluation, arguments, parameter);
        return given < 0 ? std::max<std::int64_t>(given + size, 0) : given;
    };
    const std::int64_t start = bound(startParameter, 0);
    const std::int64_t end = std::min(bound(startParameter + 1, size), size);
    if (start > end)
        return {{}, start, false};
    const std::size_t from = utf8::offsetOf(text, start);
    return {text.substr(from, utf8::offsetOf(text, end) - from), start, true};
}

std::int64_t findFrom(Evaluation &evaluation, const BoundArguments &arguments, Side side)
{
    const std::string_view part = textArgument(evaluation, arguments, 1);
    const Window window = windowOf(evaluation, arguments, 2);
    if (evaluation.failed() || !window.isValid)
        return -1;
    const std::size_t at = side == Side::Left ? window.text.find(part) : window.text.rfind(part);
    return at == std::string_view::npos ? -1 : window.before + utf8::indexOf(window.text, at);
}

Value find(Evaluation &evaluation, const BoundArguments &arguments)
{
    return findFrom(evaluation, arguments, Side::Left);
}

Value rfind(Evaluation &evaluation, const BoundArguments &arguments)
{
    return findFrom(evaluation, arguments, Side::Right);
}

Value found(Evaluation &evaluation, std::int64_t place)
{
    return place < 0 ? evaluation.failValue("substring not found") : Value(place);
}

Value index(Evaluation &evaluation, const BoundArguments &arguments)
{
    return found(evaluation, findFrom(evaluation, arguments, Side::Left));
}

Value rindex(Evaluation &evaluation, const BoundArguments &arguments)
{
    return found(evaluation, findFrom(evaluation, arguments, Side::Right));
}

Value count(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string_view part = textArgument(evaluation, arguments, 1);
    const Window window = windowOf(evaluation, arguments, 2);
    return window.isValid ? occurrences(window.text, part) : 0;
}

template <typename Has>
Value hasAny(Evaluation &evaluation, const BoundArguments &arguments, std::string_view name,
             Has has)
{
    const Window window = windowOf(evaluation, arguments, 2);
    const auto holds = [&](const Value &part) {
        const auto text = textIn(part);
        if (!text)
            evaluation.failType(std::string(name) + " first arg must be str or a tuple of str, not "
                                + typeNameOf(part));
        return text && window.isValid && has(window.text, *text);
    };
    if (!arguments[1].isTuple())
        return holds(arguments[1]);
    return std::ranges::any_of(arguments[1].items(), holds);
}

Value startswith(Evaluation &evaluation, const BoundArguments &arguments)
{
    return hasAny(
        evaluation, arguments, "startswith",
        [](std::string_view text, std::string_view part) { return text.starts_with(part); });
}

Value endswith(Evaluation &evaluation, const BoundArguments &arguments)
{
    return hasAny(
        evaluation, arguments, "endswith",
        [](std::string_view text, std::string_view part) { return text.ends_with(part); });
}

Value removeprefix(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string_view part = textArgument(evaluation, arguments, 1);
    const std::string_view text = self(arguments);
    return text.starts_with(part) ? text.substr(part.size()) : text;
}

Value removesuffix(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string_view part = textArgument(evaluation, arguments, 1);
    const std::string_view text = self(arguments);
    return text.ends_with(part) ? text.substr(0, text.size() - part.size()) : text;
}

constexpr std::array entries{
    FunctionEntry{"find", "find(self, sub, start=None, end=None)", find},
    FunctionEntry{"rfind", "rfind(self, sub, start=None, end=None)", rfind},
    FunctionEntry{"index", "index(self, sub, start=None, end=None)", index},
    FunctionEntry{"rindex", "rindex(self, sub, start=None, end=None)", rindex},
    FunctionEntry{"count", "count(self, sub, start=None, end=None)", count},
    FunctionEntry{"startswith", "startswith(self, prefix, start=None, end=None)", startswith},
    FunctionEntry{"endswith", "endswith(self, suffix, start=None, end=None)", endswith},
    FunctionEntry{"removeprefix", "removeprefix(self, prefix)", removeprefix},
    FunctionEntry{"removesuffix", "removesuffix(self, suffix)", removesuffix},
};

} // namespace

std::span<const FunctionEntry> textSearchMethods()
{
    return entries;
}

} // namespace stormglass
