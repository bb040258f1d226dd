#include "engine/expressions/methods.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"

#include "engine/base/python_text.h"
#include "engine/base/utf8.h"

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

Value decode(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto encoding = textIn(arguments[1]);
    const bool isLatin = encoding
        && (*encoding == "latin-1" || *encoding == "latin1" || *encoding == "iso-8859-1");
    if (isLatin) {
        QString text = QString::fromLatin1(arguments[0].text().data(),
                                           static_cast<qsizetype>(arguments[0].text().size()));
        return Value(text);
    }
    if (!isUtf8(arguments[0].text()))
        return evaluation.fail(PythonError::UnicodeDecode, "'utf-8' codec can't decode bytes");
    return arguments[0].text();
}

Value bytesHex(Evaluation &, const BoundArguments &arguments)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : arguments[0].text()) {
        text += digits[static_cast<unsigned char>(c) >> 4];
        text += digits[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

Value copySet(Evaluation &, const BoundArguments &arguments)
{
    return Value(ValueSet(arguments[0].members()));
}

ValueSet setOf(Evaluation &evaluation, const Value &value)
{
    ValueSet set;
    forEach(evaluation, value, [&](const Value &item) {
        if (!isHashable(evaluation, item))
            return false;
        set.add(item);
        return true;
    });
    return set;
}

Value unite(Evaluation &evaluation, const BoundArguments &arguments)
{
    ValueSet all = arguments[0].members();
    for (const Value &other : arguments.rest())
        forEach(evaluation, other, [&](const Value &item) {
            all.add(item);
            return true;
        });
    return Value(std::move(all));
}

template <typename Keeps>
Value filtered(const ValueSet &members, Keeps keeps)
{
    ValueSet kept;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (keeps(members.at(i)))
            kept.add(members.at(i));
    }
    return Value(std::move(kept));
}

Value intersect(Evaluation &evaluation, const BoundArguments &arguments)
{
    const ValueSet other = setOf(evaluation, arguments[1]);
    return filtered(arguments[0].members(),
                    [&](const Value &item) { return other.contains(item); });
}

Value differ(Evaluation &evaluation, const BoundArguments &arguments)
{
    const ValueSet other = setOf(evaluation, arguments[1]);
    return filtered(arguments[0].members(),
                    [&](const Value &item) { return !other.contains(item); });
}

Value isSubsetOf(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compare(evaluation, Comparison::LessEqual, arguments[0],
                   Value(setOf(evaluation, arguments[1])));
}

Value isSupersetOf(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compare(evaluation, Comparison::GreaterEqual, arguments[0],
                   Value(setOf(evaluation, arguments[1])));
}

constexpr std::array integerEntries{
    FunctionEntry{"bit_length", "bit_length(self)", bitLength},
    FunctionEntry{"bit_count", "bit_count(self)", bitCount},
    FunctionEntry{"conjugate", "conjugate(self)", conjugate},
    FunctionEntry{"as_integer_ratio", "as_integer_ratio(self)", integerRatio},
};

constexpr std::array realEntries{
    FunctionEntry{"is_integer", "is_integer(self)", isWhole},
    FunctionEntry{"as_integer_ratio", "as_integer_ratio(self)", realRatio},
    FunctionEntry{"hex", "hex(self)", hexText},
    FunctionEntry{"conjugate", "conjugate(self)", conjugate},
};

constexpr std::array bytesEntries{
    FunctionEntry{"decode", "decode(self, encoding='utf-8', errors='strict')", decode},
    FunctionEntry{"hex", "hex(self)", bytesHex},
};

constexpr std::array setEntries{
    FunctionEntry{"copy", "copy(self)", copySet},
    FunctionEntry{"union", "union(self, *others)", unite},
    FunctionEntry{"intersection", "intersection(self, other)", intersect},
    FunctionEntry{"difference", "difference(self, other)", differ},
    FunctionEntry{"issubset", "issubset(self, other)", isSubsetOf},
    FunctionEntry{"issuperset", "issuperset(self, other)", isSupersetOf},
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

std::span<const FunctionEntry> bytesMethods()
{
    return bytesEntries;
}

std::span<const FunctionEntry> setMethods()
{
    return setEntries;
}

} // namespace stormglass
