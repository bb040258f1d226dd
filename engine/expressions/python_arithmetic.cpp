#include "engine/expressions/calendar.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_format.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"

#include <algorithm>
#include <cmath>

namespace stormglass {

namespace {

std::string_view symbolOf(Arithmetic operation)
{
    switch (operation) {
    case Arithmetic::Add:
        return "+";
    case Arithmetic::Subtract:
        return "-";
    case Arithmetic::Multiply:
        return "*";
    case Arithmetic::Divide:
        return "/";
    case Arithmetic::FloorDivide:
        return "//";
    case Arithmetic::Modulo:
        return "%";
    case Arithmetic::Power:
        return "** or pow()";
    }
    return "";
}

bool isNumeric(const Value &value)
{
    return value.isBool() || value.isNumber();
}

BigInt bigOf(const Value &value)
{
    return value.kind() == Value::Kind::BigInt ? value.toBigInt() : BigInt(*indexIn(value));
}

// False, and failed, where an integer is beyond a double.
bool realOf(Evaluation &evaluation, const Value &value, double &real)
{
    if (value.isDouble()) {
        real = value.toDouble();
    } else if (value.kind() != Value::Kind::BigInt) {
        real = static_cast<double>(*indexIn(value));
    } else {
        real = value.toBigInt().toDouble();
        if (std::isinf(real))
            evaluation.fail(PythonError::Overflow, "int too large to convert to float");
    }
    return !evaluation.failed();
}

Value failZero(Evaluation &evaluation, std::string_view message)
{
    return evaluation.fail(PythonError::ZeroDivision, std::string(message));
}

double floorModulo(double a, double b)
{
    const double rest = std::fmod(a, b);
    if (rest == 0)
        return std::copysign(0.0, b);
    return (rest < 0) != (b < 0) ? rest + b : rest;
}

double floorDivide(double a, double b)
{
    const double rest = std::fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0))
        quotient -= 1;
    if (quotient == 0)
        return std::copysign(0.0, a / b);
    const double floored = std::floor(quotient);
    return quotient - floored > 0.5 ? floored + 1 : floored;
}

Value realPower(Evaluation &evaluation, double a, double b)
{
    if (a == 0 && b < 0)
        return failZero(evaluation, "0.0 cannot be raised to a negative power");
    // Python answers with a complex number, which no template can use.
    if (a < 0 && std::isfinite(a) && std::isfinite(b) && std::trunc(b) != b)
        return evaluation.failValue("a negative number cannot be raised to a fraction");
    const double power = std::pow(a, b);
    if (std::isinf(power) && std::isfinite(a) && std::isfinite(b))
        return evaluation.fail(PythonError::Overflow, "(34, 'Numerical result out of range')");
    return power;
}

Value realArithmetic(Evaluation &evaluation, Arithmetic operation, const Value &left,
                     const Value &right)
{
    double a = 0;
    double b = 0;
    if (!realOf(evaluation, left, a) || !realOf(evaluation, right, b))
        return {};
    switch (operation) {
    case Arithmetic::Add:
        return a + b;
    case Arithmetic::Subtract:
        return a - b;
    case Arithmetic::Multiply:
        return a * b;
    case Arithmetic::Divide:
        return b == 0 ? failZero(evaluation, "float division by zero") : Value(a / b);
    case Arithmetic::FloorDivide:
        return b == 0 ? failZero(evaluation, "float floor division by zero")
                      : Value(floorDivide(a, b));
    case Arithmetic::Modulo:
        return b == 0 ? failZero(evaluation, "float modulo") : Value(floorModulo(a, b));
    case Arithmetic::Power:
        return realPower(evaluation, a, b);
    }
    return {};
}

Value failDigits(Evaluation &evaluation)
{
    return evaluation.fail(PythonError::Limit,
                           "the template makes a number of more than "
                               + std::to_string(BigInt::maxDigits) + " digits");
}

Value bounded(Evaluation &evaluation, BigInt number)
{
    constexpr double bitsADigit = 3.33;
    if (static_cast<double>(number.bits()) > bitsADigit * static_cast<double>(BigInt::maxDigits))
        return failDigits(evaluation);
    return Value(std::move(number));
}

// int / int: the nearest double to the true quotient.
Value trueQuotient(Evaluation &evaluation, const BigInt &a, const BigInt &b)
{
    const double x = a.toDouble();
    const double y = b.toDouble();
    if (std::isfinite(x) && std::isfinite(y))
        return x / y;
    const BigInt whole = BigInt::floorDivide(a, b);
    const double quotient = whole.toDouble();
    if (std::isinf(quotient))
        return evaluation.fail(PythonError::Overflow,
                               "integer division result too large for a float");
    return quotient;
}

Value bigArithmetic(Evaluation &evaluation, Arithmetic operation, const BigInt &a, const BigInt &b)
{
    switch (operation) {
    case Arithmetic::Add:
        return bounded(evaluation, a + b);
    case Arithmetic::Subtract:
        return bounded(evaluation, a - b);
    case Arithmetic::Multiply:
        return evaluation.step(static_cast<std::int64_t>(a.bits() + b.bits()) / 64)
            ? bounded(evaluation, a * b)
            : Value();
    case Arithmetic::Divide:
        return b.sign() == 0 ? failZero(evaluation, "division by zero")
                             : trueQuotient(evaluation, a, b);
    case Arithmetic::FloorDivide:
        return b.sign() == 0 ? failZero(evaluation, "integer division or modulo by zero")
                             : Value(BigInt::floorDivide(a, b));
    case Arithmetic::Modulo:
        return b.sign() == 0 ? failZero(evaluation, "integer modulo by zero")
                             : Value(BigInt::floorModulo(a, b));
    case Arithmetic::Power:
        break;
    }
    const auto exponent = b.toInt();
    if (b.sign() < 0)
        return a.sign() == 0 ? failZero(evaluation, "0.0 cannot be raised to a negative power")
                             : realPower(evaluation, a.toDouble(), b.toDouble());
    // Steps before work: a power of so many digits is not free.
    const auto power
        = exponent && evaluation.step(1'000) ? BigInt::power(a, *exponent) : std::nullopt;
    return power ? Value(*power) : failDigits(evaluation);
}

std::int64_t floorQuotient(std::int64_t a, std::int64_t b)
{
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

// Not by the quotient: its product may not fit where the remainder does.
std::int64_t floorRemainder(std::int64_t a, std::int64_t b)
{
    const std::int64_t remainder = a % b;
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

// The common case, in 64 bits; none where it does not fit or divides by zero.
std::optional<Value> smallArithmetic(Arithmetic operation, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    switch (operation) {
    case Arithmetic::Add:
        return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional<Value>(result);
    case Arithmetic::Subtract:
        return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional<Value>(result);
    case Arithmetic::Multiply:
        return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional<Value>(result);
    case Arithmetic::Divide: {
        constexpr std::int64_t exact = 1LL << 53;
        if (b == 0 || std::max(std::abs(a / 2), std::abs(b / 2)) >= exact / 2)
            return std::nullopt;
        return Value(static_cast<double>(a) / static_cast<double>(b));
    }
    case Arithmetic::FloorDivide:
        return b == 0 || b == -1 ? std::nullopt : std::optional<Value>(floorQuotient(a, b));
    case Arithmetic::Modulo:
        return b == 0 || b == -1 ? std::nullopt : std::optional<Value>(floorRemainder(a, b));
    case Arithmetic::Power:
        return std::nullopt;
    }
    return std::nullopt;
}

Value numberArithmetic(Evaluation &evaluation, Arithmetic operation, const Value &left,
                       const Value &right)
{
    if (left.isDouble() || right.isDouble())
        return realArithmetic(evaluation, operation, left, right);
    const auto a = indexIn(left);
    const auto b = indexIn(right);
    if (a && b) {
        if (auto result = smallArithmetic(operation, *a, *b))
            return std::move(*result);
    }
    return bigArithmetic(evaluation, operation, bigOf(left), bigOf(right));
}

Value repeated(Evaluation &evaluation, const Value &value, const Value &times)
{
    const auto count = indexIn(times);
    if (!count)
        return evaluation.fail(PythonError::Overflow,
                               "cannot fit 'int' into an index-sized integer");
    const std::int64_t copies = std::max<std::int64_t>(*count, 0);
    const auto size = static_cast<std::int64_t>(value.isSequence() ? value.items().size()
                                                                   : value.text().size());
    std::int64_t total = 0;
    if (__builtin_mul_overflow(size, copies, &total))
        total = INT64_MAX;
    if (value.isSequence() ? !evaluation.affordsItems(total)
                           : !evaluation.affordsText(static_cast<std::size_t>(total)))
        return {};
    if (value.isSequence()) {
        ValueList items;
        items.reserve(static_cast<std::size_t>(total));
        for (std::int64_t i = 0; size > 0 && i < copies; ++i)
            items.insert(items.end(), value.items().begin(), value.items().end());
        return value.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
    }
    std::string text;
    text.reserve(static_cast<std::size_t>(total));
    for (std::int64_t i = 0; size > 0 && i < copies; ++i)
        text += value.text();
    return value.isBytes() ? Value::bytes(text) : Value(text);
}

bool isRepeatable(const Value &value)
{
    return value.isText() || value.isBytes() || value.isSequence();
}

Value joined(Evaluation &evaluation, const Value &left, const Value &right)
{
    if (left.isSequence()) {
        const auto size = left.items().size() + right.items().size();
        if (!evaluation.affordsItems(static_cast<std::int64_t>(size)))
            return {};
        ValueList items;
        items.reserve(size);
        items.insert(items.end(), left.items().begin(), left.items().end());
        items.insert(items.end(), right.items().begin(), right.items().end());
        return left.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
    }
    if (!evaluation.affordsText(left.text().size() + right.text().size()))
        return {};
    std::string text(left.text());
    text += right.text();
    return left.isBytes() ? Value::bytes(text) : Value(text);
}

Value failUnsupported(Evaluation &evaluation, Arithmetic operation, const Value &left,
                      const Value &right)
{
    const std::string leftType = typeNameOf(left);
    const std::string rightType = typeNameOf(right);
    if (operation == Arithmetic::Add && (left.isText() || left.isSequence()))
        return evaluation.failType("can only concatenate " + leftType + " (not \"" + rightType
                                   + "\") to " + leftType);
    if (operation == Arithmetic::Multiply && (isRepeatable(left) || isRepeatable(right)))
        return evaluation.failType("can't multiply sequence by non-int of type '"
                                   + (isRepeatable(left) ? rightType : leftType) + "'");
    return evaluation.failType("unsupported operand type(s) for " + std::string(symbolOf(operation))
                               + ": '" + leftType + "' and '" + rightType + "'");
}

ValueSet setDifference(const ValueSet &left, const ValueSet &right)
{
    ValueSet rest;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!right.contains(left.at(i)))
            rest.add(left.at(i));
    }
    return rest;
}

Value plainArithmetic(Evaluation &evaluation, Arithmetic operation, const Value &left,
                      const Value &right)
{
    if (operation == Arithmetic::Modulo && (left.isText() || left.isBytes()))
        return percentFormat(evaluation, left, right);
    if (operation == Arithmetic::Add && left.kind() == right.kind() && isRepeatable(left))
        return joined(evaluation, left, right);
    if (operation == Arithmetic::Multiply && isRepeatable(left)
        && (right.isInteger() || right.isBool()))
        return repeated(evaluation, left, right);
    if (operation == Arithmetic::Multiply && isRepeatable(right)
        && (left.isInteger() || left.isBool()))
        return repeated(evaluation, right, left);
    if (operation == Arithmetic::Subtract && left.isSet() && right.isSet())
        return setDifference(left.members(), right.members());
    return failUnsupported(evaluation, operation, left, right);
}

} // namespace

Value arithmetic(Evaluation &evaluation, Arithmetic operation, const Value &left,
                 const Value &right)
{
    if (isNumeric(left) && isNumeric(right))
        return numberArithmetic(evaluation, operation, left, right);
    if (!left.isObject() && !right.isObject()) {
        if (auto result = calendarArithmetic(evaluation, operation, left, right))
            return std::move(*result);
        return plainArithmetic(evaluation, operation, left, right);
    }
    // What is undefined counts as a mapping here: only a conversion that uses it fails.
    if (operation == Arithmetic::Modulo && left.isText())
        return percentFormat(evaluation, left, right);
    const Object *first = asObject(left);
    const Object *second = asObject(right);
    if ((first && !first->isOperand(evaluation)) || (second && !second->isOperand(evaluation)))
        return {};
    if (first) {
        if (auto result = first->arithmetic(evaluation, operation, right, Object::Side::Left))
            return std::move(*result);
    }
    if (second) {
        if (auto result = second->arithmetic(evaluation, operation, left, Object::Side::Right))
            return std::move(*result);
    }
    return plainArithmetic(evaluation, operation, left, right);
}

Value negative(Evaluation &evaluation, const Value &value)
{
    if (value.isDouble())
        return -value.toDouble();
    if (isNumeric(value))
        return numberArithmetic(evaluation, Arithmetic::Subtract, Value(0), value);
    if (value.kind() == Value::Kind::Duration)
        return Value::duration(-value.toDuration());
    if (const Object *object = asObject(value); object && !object->isOperand(evaluation))
        return {};
    return evaluation.failType("bad operand type for unary -: '" + typeNameOf(value) + "'");
}

Value positive(Evaluation &evaluation, const Value &value)
{
    if (value.isBool())
        return Value(value.toBool() ? 1 : 0);
    if (value.isNumber() || value.kind() == Value::Kind::Duration)
        return value;
    if (const Object *object = asObject(value); object && !object->isOperand(evaluation))
        return {};
    return evaluation.failType("bad operand type for unary +: '" + typeNameOf(value) + "'");
}

Value absolute(Evaluation &evaluation, const Value &value)
{
    if (value.isDouble())
        return std::fabs(value.toDouble());
    if (value.kind() == Value::Kind::Duration)
        return Value::duration(std::abs(value.toDuration()));
    if (isNumeric(value))
        return less(evaluation, value, Value(0)) ? negative(evaluation, value)
                                                 : positive(evaluation, value);
    return evaluation.failType("bad operand type for abs(): '" + typeNameOf(value) + "'");
}

} // namespace stormglass
