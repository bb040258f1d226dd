#include "engine/expressions/jinja_filters.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/integer_text.h"
#include "engine/expressions/jinja_attribute_path.h"
#include "engine/expressions/python_numbers.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace stormglass {

namespace {

Value abs(Evaluation &evaluation, const BoundArguments &arguments)
{
    return absolute(evaluation, arguments[0]);
}

bool recoverConversion(Evaluation &evaluation)
{
    return evaluation.recover(PythonError::Type) || evaluation.recover(PythonError::Value);
}

Value toInteger(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto text = textIn(arguments[0]);
    const auto base = indexIn(arguments[2]);
    Value number;
    if (!text)
        number = integerOf(evaluation, arguments[0]);
    else if (!base)
        evaluation.failType("'" + typeNameOf(arguments[2])
                            + "' object cannot be interpreted as an integer");
    else
        number = integerOfText(evaluation, *text, *base);
    if (!recoverConversion(evaluation))
        return number;
    // "42.23" | int is 42.
    number = realOf(evaluation, arguments[0]);
    if (!evaluation.failed())
        number = integerOf(evaluation, number);
    if (recoverConversion(evaluation) || evaluation.recover(PythonError::Overflow))
        return arguments[1];
    return number;
}

Value toFloat(Evaluation &evaluation, const BoundArguments &arguments)
{
    Value number = realOf(evaluation, arguments[0]);
    return recoverConversion(evaluation) ? arguments[1] : number;
}

// ceil and floor scale, cut and scale back, so their result is a float however it began.
Value cut(Evaluation &evaluation, const Value &value, const Value &precision, bool upwards)
{
    const Value scale = arithmetic(evaluation, Arithmetic::Power, Value(10), precision);
    const Value scaled = evaluation.failed()
        ? Value()
        : arithmetic(evaluation, Arithmetic::Multiply, value, scale);
    if (evaluation.failed())
        return {};
    if (!scaled.isNumber() && !scaled.isBool())
        return evaluation.failType("must be real number, not " + typeNameOf(scaled));
    Value whole = scaled;
    if (scaled.isDouble())
        whole = integerOf(
            evaluation,
            Value(upwards ? std::ceil(scaled.toDouble()) : std::floor(scaled.toDouble())));
    return evaluation.failed() ? Value() : arithmetic(evaluation, Arithmetic::Divide, whole, scale);
}

Value round(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (!isHashable(evaluation, arguments[2]))
        return {};
    const auto method = textIn(arguments[2]);
    if (!method || (*method != "common" && *method != "ceil" && *method != "floor"))
        return evaluation.fail(PythonError::FilterArgument, "method must be common, ceil or floor");
    if (*method == "common")
        return rounded(evaluation, arguments[0], arguments[1]);
    return cut(evaluation, arguments[0], arguments[1], *method == "ceil");
}

Value filesizeformat(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value number = realOf(evaluation, arguments[0]);
    const bool isBinary = isTrue(evaluation, arguments[1]);
    if (evaluation.failed())
        return {};
    const double bytes = number.toDouble();
    const double base = isBinary ? 1024 : 1000;
    constexpr std::array<const char *, 8> decimal{"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
    constexpr std::array<const char *, 8> binary{"KiB", "MiB", "GiB", "TiB",
                                                 "PiB", "EiB", "ZiB", "YiB"};
    if (bytes == 1)
        return "1 Byte";
    if (bytes < base)
        return integerText(evaluation, bytes) + " Bytes";
    double unit = base;
    std::size_t step = 0;
    while (step + 1 < decimal.size() && !(bytes < unit * base)) {
        unit *= base;
        ++step;
    }
    std::array<char, 400> text{};
    std::snprintf(text.data(), text.size(), "%.1f %s", bytes / unit,
                  isBinary ? binary[step] : decimal[step]);
    return text.data();
}

Value sum(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (textIn(arguments[2]))
        return evaluation.failType("sum() can't sum strings [use ''.join(seq) instead]");
    const AttributePath path(arguments[1]);
    Value total = arguments[2];
    forEach(evaluation, arguments[0], [&](const Value &item) {
        const Value part = path.of(evaluation, item);
        if (!evaluation.failed())
            total = arithmetic(evaluation, Arithmetic::Add, total, part);
        return !evaluation.failed();
    });
    return total;
}

constexpr std::array entries{
    FunctionEntry{"abs", "abs(x)", abs},
    FunctionEntry{"int", "do_int(value, default=0, base=10)", toInteger},
    FunctionEntry{"float", "do_float(value, default=0.0)", toFloat},
    FunctionEntry{"round", "do_round(value, precision=0, method='common')", round},
    FunctionEntry{"filesizeformat", "do_filesizeformat(value, binary=False)", filesizeformat},
    FunctionEntry{"sum", "do_sum(iterable, attribute=None, start=0)", sum},
};

} // namespace

std::span<const FunctionEntry> jinjaNumberFilters()
{
    return entries;
}

} // namespace stormglass
