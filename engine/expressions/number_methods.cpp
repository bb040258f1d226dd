#include "engine/expressions/methods.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"

#include "engine/base/python_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace stormglass {

namespace {

BigInt bigOf(const Value &value)
{
    return value.kind() == Value::Kind::BigInt ? value.toBigInt() : BigInt(*indexIn(value));
}

Value bitLength(Evaluation &, const BoundArguments &arguments)
{
    return static_cast<std::int64_t>(bigOf(arguments[0]).bits());
}

Value bitCount(Evaluation &, const BoundArguments &arguments)
{
    BigInt rest = bigOf(arguments[0]);
    if (rest.sign() < 0)
        rest = -rest;
    std::int64_t count = 0;
    const BigInt word = *BigInt::power(BigInt(2), 32);
    for (; rest.sign() != 0; rest = BigInt::floorDivide(rest, word))
        count += __builtin_popcountll(
            static_cast<unsigned long long>(*BigInt::floorModulo(rest, word).toInt()));
    return count;
}

Value conjugate(Evaluation &evaluation, const BoundArguments &arguments)
{
    return positive(evaluation, arguments[0]);
}

Value integerRatio(Evaluation &evaluation, const BoundArguments &arguments)
{
    return Value::tuple({positive(evaluation, arguments[0]), Value(1)});
}

Value isWhole(Evaluation &, const BoundArguments &arguments)
{
    const double number = arguments[0].toDouble();
    return std::isfinite(number) && std::trunc(number) == number;
}

Value realRatio(Evaluation &evaluation, const BoundArguments &arguments)
{
    double number = arguments[0].toDouble();
    if (std::isnan(number))
        return evaluation.failValue("cannot convert NaN to integer ratio");
    if (std::isinf(number))
        return evaluation.fail(PythonError::Overflow, "cannot convert Infinity to integer ratio");
    int exponent = 0;
    number = std::frexp(number, &exponent);
    while (number != std::trunc(number)) {
        number *= 2;
        --exponent;
    }
    const BigInt power = *BigInt::power(BigInt(2), std::abs(exponent));
    const BigInt mantissa = *BigInt::fromDouble(number);
    if (exponent >= 0)
        return Value::tuple({Value(mantissa * power), Value(1)});
    return Value::tuple({Value(mantissa), Value(power)});
}

Value hexText(Evaluation &, const BoundArguments &arguments)
{
    const double number = arguments[0].toDouble();
    if (!std::isfinite(number))
        return pythonFloat(number);
    if (number == 0)
        return std::signbit(number) ? "-0x0.0p+0" : "0x0.0p+0";
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.13a", number);
    return text.data();
}

// to_bytes() and from_bytes(): the order of the bytes.
std::optional<bool> isLittleEndian(Evaluation &evaluation, const Value &order)
{
    const auto name = textIn(order);
    if (!name)
        evaluation.failType("byteorder must be str, not " + typeNameOf(order));
    else if (*name != "little" && *name != "big")
        evaluation.failValue("byteorder must be either 'little' or 'big'");
    return evaluation.failed() ? std::nullopt : std::optional(*name == "little");
}

Value toBytes(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto length = indexIn(arguments[1]);
    if (!length)
        return evaluation.failType("'" + typeNameOf(arguments[1])
                                   + "' object cannot be interpreted as an integer");
    const auto isLittle = isLittleEndian(evaluation, arguments[2]);
    if (!isLittle)
        return {};
    if (*length < 0)
        return evaluation.failValue("length argument must be non-negative");
    const auto size = static_cast<std::size_t>(*length);
    const bool isSigned = isTrue(evaluation, arguments[3]);
    BigInt rest = bigOf(arguments[0]);
    if (rest.sign() < 0 && !isSigned)
        return evaluation.fail(PythonError::Overflow, "can't convert negative int to unsigned");
    if (!evaluation.affordsText(size))
        return {};
    const bool isNegative = rest.sign() < 0;
    const BigInt last(isNegative ? -1 : 0);
    std::string bytes;
    while (bytes.size() < size && !(rest == last) && evaluation.step()) {
        bytes += static_cast<char>(*BigInt::floorModulo(rest, BigInt(256)).toInt());
        rest = BigInt::floorDivide(rest, BigInt(256));
    }
    bytes.resize(size, isNegative ? '\xFF' : '\0');
    const bool topBit = !bytes.empty() && (bytes.back() & 0x80) != 0;
    const bool fits = rest == last && (!isSigned || topBit == isNegative);
    if (!fits && !evaluation.failed())
        return evaluation.fail(PythonError::Overflow, "int too big to convert");
    if (!*isLittle)
        std::ranges::reverse(bytes);
    return Value::bytes(bytes);
}

Value fromBytes(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto isLittle = isLittleEndian(evaluation, arguments[2]);
    if (!isLittle)
        return {};
    if (!arguments[1].isBytes())
        return evaluation.failType("cannot convert '" + typeNameOf(arguments[1])
                                   + "' object to bytes");
    constexpr std::size_t longest = BigInt::maxDigits / 3;
    std::string bytes(arguments[1].text());
    if (bytes.size() > longest)
        return evaluation.fail(PythonError::Limit, "the integer is too long");
    if (*isLittle)
        std::ranges::reverse(bytes);
    BigInt number;
    for (const char byte : bytes) {
        if (!evaluation.step())
            return {};
        number = number * BigInt(256) + BigInt(static_cast<unsigned char>(byte));
    }
    const bool isNegative
        = isTrue(evaluation, arguments[3]) && !bytes.empty() && (bytes.front() & 0x80) != 0;
    if (isNegative)
        number = number - *BigInt::power(BigInt(256), static_cast<std::int64_t>(bytes.size()));
    return Value(number);
}

constexpr std::array integerEntries{
    FunctionEntry{"bit_length", "bit_length(self)", bitLength},
    FunctionEntry{"bit_count", "bit_count(self)", bitCount},
    FunctionEntry{"conjugate", "conjugate(self)", conjugate},
    FunctionEntry{"as_integer_ratio", "as_integer_ratio(self)", integerRatio},
    FunctionEntry{"to_bytes", "to_bytes(self, length=1, byteorder='big', *, signed=False)",
                  toBytes},
    FunctionEntry{"from_bytes", "from_bytes(self, bytes, byteorder='big', *, signed=False)",
                  fromBytes},
};

constexpr std::array realEntries{
    FunctionEntry{"is_integer", "is_integer(self)", isWhole},
    FunctionEntry{"as_integer_ratio", "as_integer_ratio(self)", realRatio},
    FunctionEntry{"hex", "hex(self)", hexText},
    FunctionEntry{"conjugate", "conjugate(self)", conjugate},
};

} // namespace

std::span<const FunctionEntry> integerMethods()
{
    return integerEntries;
}

std::span<const FunctionEntry> realMethods()
{
    return realEntries;
}

} // namespace stormglass
