#include "engine/rules/python_order.h"

#include "engine/rules/python_errors.h"

#include <cmath>

namespace stormglass {

namespace {

using Kind = Value::Kind;

constexpr int maxDepth = 200;

bool isNumeric(const Value &value)
{
    return value.isNumber() || value.isBool();
}

bool isExactAsDouble(std::int64_t number)
{
    constexpr std::int64_t limit = std::int64_t{1} << 53;
    return number >= -limit && number <= limit;
}

std::int64_t asInt(const Value &value)
{
    return value.isBool() ? static_cast<std::int64_t>(value.toBool()) : value.toInt();
}

BigInt asBigInt(const Value &value)
{
    return value.kind() == Kind::BigInt ? value.toBigInt() : BigInt(asInt(value));
}

std::partial_ordering signOf(int comparison)
{
    return comparison <=> 0;
}

std::partial_ordering reversed(std::partial_ordering order)
{
    return 0 <=> order;
}

// Exactly, as Python does: an integer beyond 2^53 is not rounded first.
std::partial_ordering orderOf(const Value &integer, double real)
{
    if (std::isnan(real))
        return std::partial_ordering::unordered;
    if (std::isinf(real))
        return 0.0 <=> real;
    if (integer.kind() != Kind::BigInt && isExactAsDouble(asInt(integer)))
        return static_cast<double>(asInt(integer)) <=> real;
    const double whole = std::trunc(real);
    const int comparison = BigInt::compare(asBigInt(integer), *BigInt::fromDouble(whole));
    return comparison != 0 ? signOf(comparison) : whole <=> real;
}

std::partial_ordering orderOfNumbers(const Value &a, const Value &b)
{
    if (a.isDouble() && b.isDouble())
        return a.toDouble() <=> b.toDouble();
    if (a.isDouble())
        return reversed(orderOf(b, a.toDouble()));
    if (b.isDouble())
        return orderOf(a, b.toDouble());
    if (a.kind() == Kind::BigInt || b.kind() == Kind::BigInt)
        return signOf(BigInt::compare(asBigInt(a), asBigInt(b)));
    return asInt(a) <=> asInt(b);
}

tl::unexpected<Error> noOrder(const Value &a, const Value &b, char sign)
{
    return typeError(QStringLiteral("'%1' not supported between instances of '%2' and '%3'")
                         .arg(QLatin1Char(sign))
                         .arg(pythonTypeOf(a), pythonTypeOf(b)));
}

Result<std::partial_ordering> order(const Value &a, const Value &b, char sign, int depth);

Result<std::partial_ordering> orderOfSequences(const ValueList &a, const ValueList &b, char sign,
                                               int depth)
{
    if (depth > maxDepth)
        return failure(Error{ErrorCode::Invalid,
                             QStringLiteral("maximum recursion depth exceeded in comparison"),
                             QStringLiteral("RecursionError")});
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (!Value::pythonEqual(a[i], b[i]))
            return order(a[i], b[i], sign, depth + 1);
    }
    return std::partial_ordering(a.size() <=> b.size());
}

Result<std::partial_ordering> orderOfDateTimes(const Value &a, const Value &b)
{
    const DateTimeValue left = a.toDateTime();
    const DateTimeValue right = b.toDateTime();
    if (left.hasOffset != right.hasOffset)
        return typeError(QStringLiteral("can't compare offset-naive and offset-aware datetimes"));
    const auto utc = [](const DateTimeValue &time) {
        return time.wallMicroseconds - std::int64_t{time.offsetSeconds} * 1'000'000;
    };
    return std::partial_ordering(utc(left) <=> utc(right));
}

Result<std::partial_ordering> order(const Value &a, const Value &b, char sign, int depth)
{
    if (isNumeric(a) && isNumeric(b))
        return orderOfNumbers(a, b);
    if (a.kind() != b.kind())
        return noOrder(a, b, sign);
    switch (a.kind()) {
    case Kind::Text:
    case Kind::Bytes:
        return std::partial_ordering(a.text() <=> b.text());
    case Kind::List:
    case Kind::Tuple:
        return orderOfSequences(a.items(), b.items(), sign, depth);
    case Kind::DateTime:
        return orderOfDateTimes(a, b);
    case Kind::Date:
        return std::partial_ordering(a.toDays() <=> b.toDays());
    case Kind::Duration:
        return std::partial_ordering(a.toDuration() <=> b.toDuration());
    default:
        return noOrder(a, b, sign);
    }
}

} // namespace

Result<std::partial_ordering> pythonOrder(const Value &a, const Value &b, char sign)
{
    return order(a, b, sign, 0);
}

bool isPythonHashable(const Value &value)
{
    if (value.isTuple()) {
        for (const Value &item : value.items()) {
            if (!isPythonHashable(item))
                return false;
        }
        return true;
    }
    return !value.isList() && !value.isMap() && !value.isSet();
}

} // namespace stormglass
