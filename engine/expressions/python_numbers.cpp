#include "engine/expressions/python_numbers.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/integer_text.h"
#include "engine/expressions/object.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace stormglass {

namespace {

std::optional<Value> numberOfObject(Evaluation &evaluation, const Value &value)
{
    const Object *object = asObject(value);
    if (!object || object->text())
        return std::nullopt;
    return object->isOperand(evaluation) ? object->number(evaluation) : Value();
}

Value integerOfReal(Evaluation &evaluation, double number)
{
    if (std::isnan(number))
        return evaluation.failValue("cannot convert float NaN to integer");
    const auto whole = BigInt::fromDouble(number);
    if (!whole)
        return evaluation.fail(PythonError::Overflow, "cannot convert float infinity to integer");
    return Value(*whole);
}

// Rounds an integer to a power of ten, ties to even; `hasRest` says that something was cut off
// before.
BigInt roundedTo(const BigInt &number, const BigInt &power, bool hasRest)
{
    const BigInt below = BigInt::floorDivide(number, power) * power;
    const BigInt rest = (number - below) + (number - below);
    const int half = BigInt::compare(rest, power);
    const bool isOdd
        = BigInt::floorModulo(BigInt::floorDivide(number, power), BigInt(2)).sign() != 0;
    const bool goesUp = half > 0 || (half == 0 && (hasRest || isOdd));
    return goesUp ? below + power : below;
}

Value roundedInteger(const Value &value, std::int64_t digits)
{
    if (digits >= 0)
        return value.isBool() ? Value(value.toBool() ? 1 : 0) : value;
    constexpr std::int64_t beyondAll = 25'000;
    if (digits < -beyondAll)
        return Value(0);
    const BigInt number
        = value.isInteger() && !value.isInt() ? value.toBigInt() : BigInt(*indexIn(value));
    const auto power = BigInt::power(BigInt(10), -digits);
    return power ? Value(roundedTo(number, *power, false)) : Value(0);
}

Value roundedReal(Evaluation &evaluation, double number, std::int64_t digits)
{
    constexpr std::int64_t finest = 323;
    constexpr std::int64_t coarsest = -309;
    if (!std::isfinite(number) || digits > finest)
        return number;
    if (digits < coarsest)
        return std::copysign(0.0, number);
    if (digits >= 0) {
        // printf rounds the exact binary value, to even at a tie, as Python does.
        std::string text(static_cast<std::size_t>(digits) + 400, '\0');
        std::snprintf(text.data(), text.size(), "%.*f", static_cast<int>(digits), number);
        const double result = std::strtod(text.c_str(), nullptr);
        if (std::isinf(result))
            return evaluation.fail(PythonError::Overflow, "rounded value too large to represent");
        return result;
    }
    const double magnitude = std::fabs(number);
    const BigInt whole = *BigInt::fromDouble(magnitude);
    const bool hasRest = std::trunc(magnitude) != magnitude;
    const double result = roundedTo(whole, *BigInt::power(BigInt(10), -digits), hasRest).toDouble();
    return std::copysign(result, number);
}

} // namespace

Value integerOfText(Evaluation &evaluation, std::string_view text, std::int64_t base)
{
    if (base != 0 && (base < 2 || base > 36))
        return evaluation.failValue("int() base must be >= 2 and <= 36, or 0");
    if (auto number = integerFromText(text, static_cast<int>(base)))
        return std::move(*number);
    return evaluation.failValue("invalid literal for int() with base " + std::to_string(base) + ": "
                                + reprOf(evaluation, Value(text)));
}

Value integerOf(Evaluation &evaluation, const Value &value)
{
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    if (value.isInteger())
        return value;
    if (value.isDouble())
        return integerOfReal(evaluation, value.toDouble());
    if (const auto text = textIn(value))
        return integerOfText(evaluation, *text, 10);
    if (value.isBytes())
        return integerOfText(evaluation, value.text(), 10);
    if (const auto given = numberOfObject(evaluation, value))
        return evaluation.failed() ? Value() : integerOf(evaluation, *given);
    return evaluation.failType(
        "int() argument must be a string, a bytes-like object or a real number, not '"
        + typeNameOf(value) + "'");
}

Value realOf(Evaluation &evaluation, const Value &value)
{
    if (value.isDouble())
        return value;
    if (const auto whole = indexIn(value))
        return static_cast<double>(*whole);
    if (value.kind() == Value::Kind::BigInt) {
        const double number = value.toBigInt().toDouble();
        return std::isinf(number)
            ? evaluation.fail(PythonError::Overflow, "int too large to convert to float")
            : Value(number);
    }
    if (textIn(value) || value.isBytes()) {
        const std::string_view text = value.isBytes() ? value.text() : *textIn(value);
        if (const auto number = realFromText(text))
            return *number;
        return evaluation.failValue("could not convert string to float: "
                                    + reprOf(evaluation, Value(text)));
    }
    if (const auto given = numberOfObject(evaluation, value))
        return evaluation.failed() ? Value() : realOf(evaluation, *given);
    return evaluation.failType("float() argument must be a string or a real number, not '"
                               + typeNameOf(value) + "'");
}

Value rounded(Evaluation &evaluation, const Value &value, const Value &digits)
{
    const bool isNumber = value.isNumber() || value.isBool();
    if (!isNumber) {
        return evaluation.failType("type " + typeNameOf(value)
                                   + " doesn't define __round__ method");
    }
    if (digits.isNull()) {
        const Value whole = value.isDouble() ? roundedReal(evaluation, value.toDouble(), 0) : value;
        return integerOf(evaluation, whole);
    }
    const auto places = indexIn(digits);
    if (!places)
        return evaluation.failType("'" + typeNameOf(digits)
                                   + "' object cannot be interpreted as an integer");
    return value.isDouble() ? roundedReal(evaluation, value.toDouble(), *places)
                            : roundedInteger(value, *places);
}

std::string integerText(Evaluation &evaluation, double number)
{
    const Value whole = integerOf(evaluation, Value(number));
    return evaluation.failed() ? std::string() : strOf(evaluation, whole);
}

} // namespace stormglass
