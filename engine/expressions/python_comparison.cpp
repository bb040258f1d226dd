#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"

#include <cmath>

namespace stormglass {

namespace {

enum class Order { Less, Equal, Greater, Unordered };

template <typename Number>
Order orderOf(const Number &a, const Number &b)
{
    if (a < b)
        return Order::Less;
    if (b < a)
        return Order::Greater;
    return a == b ? Order::Equal : Order::Unordered;
}

bool isNumeric(const Value &value)
{
    return value.isBool() || value.isNumber();
}

Order bigOrder(const Value &left, const Value &right)
{
    const auto big = [](const Value &value) {
        return value.kind() == Value::Kind::BigInt ? value.toBigInt() : BigInt(*indexIn(value));
    };
    return orderOf(BigInt::compare(big(left), big(right)), 0);
}

// Exact: an integer beyond 53 bits must not be rounded to meet a double.
Order mixedOrder(double real, const Value &integer)
{
    if (std::isnan(real))
        return Order::Unordered;
    if (std::isinf(real))
        return real < 0 ? Order::Less : Order::Greater;
    const double whole = std::floor(real);
    const BigInt wholeBig = *BigInt::fromDouble(whole);
    const BigInt other
        = integer.kind() == Value::Kind::BigInt ? integer.toBigInt() : BigInt(*indexIn(integer));
    const int order = BigInt::compare(wholeBig, other);
    return order == 0 && real > whole ? Order::Greater : orderOf(order, 0);
}

Order reversed(Order order)
{
    return order == Order::Less ? Order::Greater : order == Order::Greater ? Order::Less : order;
}

Order numberOrder(const Value &left, const Value &right)
{
    if (left.isDouble() && right.isDouble())
        return orderOf(left.toDouble(), right.toDouble());
    constexpr std::int64_t exact = 1LL << 53;
    const auto a = indexIn(left);
    const auto b = indexIn(right);
    if (a && b)
        return orderOf(*a, *b);
    if (left.isDouble())
        return b && std::abs(*b) < exact ? orderOf(left.toDouble(), static_cast<double>(*b))
                                         : mixedOrder(left.toDouble(), right);
    if (right.isDouble())
        return a && std::abs(*a) < exact ? orderOf(static_cast<double>(*a), right.toDouble())
                                         : reversed(mixedOrder(right.toDouble(), left));
    return bigOrder(left, right);
}

std::string_view symbolOf(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal:
        return "==";
    case Comparison::NotEqual:
        return "!=";
    case Comparison::Less:
        return "<";
    case Comparison::LessEqual:
        return "<=";
    case Comparison::Greater:
        return ">";
    case Comparison::GreaterEqual:
        return ">=";
    }
    return "";
}

bool holds(Comparison comparison, Order order)
{
    switch (comparison) {
    case Comparison::Equal:
        return order == Order::Equal;
    case Comparison::NotEqual:
        return order != Order::Equal;
    case Comparison::Less:
        return order == Order::Less;
    case Comparison::LessEqual:
        return order == Order::Less || order == Order::Equal;
    case Comparison::Greater:
        return order == Order::Greater;
    case Comparison::GreaterEqual:
        return order == Order::Greater || order == Order::Equal;
    }
    return false;
}

bool failUnordered(Evaluation &evaluation, Comparison comparison, const Value &left,
                   const Value &right)
{
    evaluation.failType("'" + std::string(symbolOf(comparison))
                        + "' not supported between instances of '" + typeNameOf(left) + "' and '"
                        + typeNameOf(right) + "'");
    return false;
}

// The first pair that differs decides, with the operator itself; so a pair without order fails as
// in Python.
bool compareLists(Evaluation &evaluation, Comparison comparison, const ValueList &left,
                  const ValueList &right)
{
    const DepthGuard guard(evaluation);
    for (std::size_t i = 0; guard && i < left.size() && i < right.size(); ++i) {
        const bool same = equal(evaluation, left[i], right[i]);
        if (evaluation.failed() || !evaluation.step())
            return false;
        if (!same)
            return compare(evaluation, comparison, left[i], right[i]);
    }
    return !evaluation.failed() && holds(comparison, orderOf(left.size(), right.size()));
}

bool isSubset(const ValueSet &part, const ValueSet &whole)
{
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (!whole.contains(part.at(i)))
            return false;
    }
    return true;
}

bool compareSets(Comparison comparison, const ValueSet &left, const ValueSet &right)
{
    switch (comparison) {
    case Comparison::Less:
        return left.size() < right.size() && isSubset(left, right);
    case Comparison::LessEqual:
        return isSubset(left, right);
    case Comparison::Greater:
        return right.size() < left.size() && isSubset(right, left);
    case Comparison::GreaterEqual:
        return isSubset(right, left);
    case Comparison::Equal:
        return left.size() == right.size() && isSubset(left, right);
    case Comparison::NotEqual:
        return left.size() != right.size() || !isSubset(left, right);
    }
    return false;
}

bool compareDateTimes(Evaluation &evaluation, Comparison comparison, const DateTimeValue &left,
                      const DateTimeValue &right)
{
    if (left.hasOffset != right.hasOffset) {
        evaluation.failType("can't compare offset-naive and offset-aware datetimes");
        return false;
    }
    const auto utc = [](const DateTimeValue &time) {
        return time.wallMicroseconds - std::int64_t{time.offsetSeconds} * 1'000'000;
    };
    return holds(comparison, orderOf(utc(left), utc(right)));
}

bool compareSame(Evaluation &evaluation, Comparison comparison, const Value &left,
                 const Value &right)
{
    switch (left.kind()) {
    case Value::Kind::Text:
    case Value::Kind::Bytes:
        return holds(comparison, orderOf(left.text(), right.text()));
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return compareLists(evaluation, comparison, left.items(), right.items());
    case Value::Kind::Set:
        return compareSets(comparison, left.members(), right.members());
    case Value::Kind::DateTime:
        return compareDateTimes(evaluation, comparison, left.toDateTime(), right.toDateTime());
    case Value::Kind::Date:
        return holds(comparison, orderOf(left.toDays(), right.toDays()));
    case Value::Kind::Time:
        return holds(comparison, orderOf(left.toTime().microseconds, right.toTime().microseconds));
    case Value::Kind::Duration:
        return holds(comparison, orderOf(left.toDuration(), right.toDuration()));
    default:
        return failUnordered(evaluation, comparison, left, right);
    }
}

bool equalLists(Evaluation &evaluation, const ValueList &left, const ValueList &right)
{
    const DepthGuard guard(evaluation);
    if (!guard || left.size() != right.size())
        return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!equal(evaluation, left[i], right[i]) || !evaluation.step())
            return false;
    }
    return !evaluation.failed();
}

bool equalMaps(Evaluation &evaluation, const ValueMap &left, const ValueMap &right)
{
    const DepthGuard guard(evaluation);
    if (!guard || left.size() != right.size())
        return false;
    for (const ValueMap::Entry &entry : left) {
        const Value *other = right.find(entry.key);
        if (!other || !evaluation.step() || !equal(evaluation, entry.value, *other))
            return false;
    }
    return !evaluation.failed();
}

bool isUsable(Evaluation &evaluation, const Value &value)
{
    const Object *object = value.isObject() ? asObject(value) : nullptr;
    return !object || object->isUsable(evaluation);
}

bool isOperand(Evaluation &evaluation, const Value &value)
{
    const Object *object = value.isObject() ? asObject(value) : nullptr;
    return !object || object->isOperand(evaluation);
}

bool equalObjects(Evaluation &evaluation, const Value &left, const Value &right)
{
    if (!isUsable(evaluation, left) || !isUsable(evaluation, right))
        return false;
    const auto leftText = textIn(left);
    const auto rightText = textIn(right);
    if (leftText && rightText)
        return *leftText == *rightText;
    if (const Object *object = asObject(left)) {
        if (const auto answer = object->equals(evaluation, right))
            return *answer;
    }
    if (const Object *object = asObject(right)) {
        if (const auto answer = object->equals(evaluation, left))
            return *answer;
    }
    return left.isObject() && right.isObject() && left.object() == right.object();
}

} // namespace

bool equal(Evaluation &evaluation, const Value &left, const Value &right)
{
    if (left.isText() && right.isText())
        return left.text() == right.text();
    if (left.isObject() || right.isObject())
        return equalObjects(evaluation, left, right);
    if (left.kind() == right.kind()) {
        if (left.isSequence())
            return equalLists(evaluation, left.items(), right.items());
        if (left.isMap())
            return equalMaps(evaluation, left.entries(), right.entries());
    }
    return Value::pythonEqual(left, right);
}

bool compare(Evaluation &evaluation, Comparison comparison, const Value &left, const Value &right)
{
    if (comparison == Comparison::Equal)
        return equal(evaluation, left, right);
    if (comparison == Comparison::NotEqual)
        return !equal(evaluation, left, right) && !evaluation.failed();
    if (isNumeric(left) && isNumeric(right))
        return holds(comparison, numberOrder(left, right));
    if (!isOperand(evaluation, left) || !isOperand(evaluation, right))
        return false;
    const auto leftText = textIn(left);
    const auto rightText = textIn(right);
    if (leftText && rightText)
        return holds(comparison, orderOf(*leftText, *rightText));
    if (left.kind() != right.kind() || left.isObject())
        return failUnordered(evaluation, comparison, left, right);
    return compareSame(evaluation, comparison, left, right);
}

bool less(Evaluation &evaluation, const Value &left, const Value &right)
{
    return compare(evaluation, Comparison::Less, left, right);
}

} // namespace stormglass
