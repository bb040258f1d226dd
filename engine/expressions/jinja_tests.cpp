#include "engine/expressions/jinja_tests.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/text_tests.h"
#include "engine/expressions/undefined.h"

#include <array>

namespace stormglass {

namespace {

Value remainderIs(Evaluation &evaluation, const Value &value, const Value &divisor, int remainder)
{
    const Value rest = arithmetic(evaluation, Arithmetic::Modulo, value, divisor);
    return !evaluation.failed() && equal(evaluation, rest, Value(remainder));
}

Value odd(Evaluation &evaluation, const BoundArguments &arguments)
{
    return remainderIs(evaluation, arguments[0], Value(2), 1);
}

Value even(Evaluation &evaluation, const BoundArguments &arguments)
{
    return remainderIs(evaluation, arguments[0], Value(2), 0);
}

Value divisibleBy(Evaluation &evaluation, const BoundArguments &arguments)
{
    return remainderIs(evaluation, arguments[0], arguments[1], 0);
}

Value isDefined(Evaluation &, const BoundArguments &arguments)
{
    return !isUndefined(arguments[0]);
}
Value isNotDefined(Evaluation &, const BoundArguments &arguments)
{
    return isUndefined(arguments[0]);
}
Value isNone(Evaluation &, const BoundArguments &arguments)
{
    return arguments[0].isNull();
}
Value isBoolean(Evaluation &, const BoundArguments &arguments)
{
    return arguments[0].isBool();
}
Value isFalse(Evaluation &, const BoundArguments &arguments)
{
    return !arguments[0].toBoolOr(true);
}
Value isTrueItself(Evaluation &, const BoundArguments &arguments)
{
    return arguments[0].toBoolOr(false);
}
Value isInteger(Evaluation &, const BoundArguments &arguments)
{
    return arguments[0].isInteger();
}
Value isFloat(Evaluation &, const BoundArguments &arguments)
{
    return arguments[0].isDouble();
}
Value isString(Evaluation &, const BoundArguments &arguments)
{
    return textIn(arguments[0]).has_value();
}
Value isMapping(Evaluation &, const BoundArguments &arguments)
{
    return arguments[0].isMap();
}

Value isNumber(Evaluation &, const BoundArguments &arguments)
{
    return arguments[0].isNumber() || arguments[0].isBool();
}

Value isEscaped(Evaluation &, const BoundArguments &arguments)
{
    return objectAs<Markup>(arguments[0]) != nullptr;
}

Value isFilter(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto name = textIn(arguments[0]);
    return isHashable(evaluation, arguments[0]) && name
        && asJinja(evaluation).environment().filters.find(*name);
}

Value isTest(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto name = textIn(arguments[0]);
    return isHashable(evaluation, arguments[0]) && name
        && asJinja(evaluation).environment().tests.find(*name);
}

Value isLower(Evaluation &evaluation, const BoundArguments &arguments)
{
    return isLowerText(strOf(evaluation, arguments[0]));
}

Value isUpper(Evaluation &evaluation, const BoundArguments &arguments)
{
    return isUpperText(strOf(evaluation, arguments[0]));
}

Value isCallable(Evaluation &, const BoundArguments &arguments)
{
    const Object *object = asObject(arguments[0]);
    // An undefined value can be called, if only to fail.
    return object && (object->isCallable() || isUndefined(arguments[0]));
}

Value isSequence(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &value = arguments[0];
    if (textIn(value) || value.isSequence() || value.isMap() || value.isBytes()
        || objectAs<Range>(value))
        return true;
    const Object *object = asObject(value);
    return object && !isUndefined(value) && object->length(evaluation)
        && object->item(evaluation, Value(0)) && !evaluation.recover(PythonError::Base);
}

Value isIterableTest(Evaluation &evaluation, const BoundArguments &arguments)
{
    const bool isOne = isIterable(evaluation, arguments[0]);
    return isOne && !evaluation.recover(PythonError::Type);
}

Value sameAs(Evaluation &, const BoundArguments &arguments)
{
    return isSame(arguments[0], arguments[1]);
}

Value isIn(Evaluation &evaluation, const BoundArguments &arguments)
{
    return contains(evaluation, arguments[1], arguments[0]);
}

template <Comparison comparison>
Value comparesTo(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compare(evaluation, comparison, arguments[0], arguments[1]);
}

constexpr std::array entries{
    FunctionEntry{"odd", "test_odd(value)", odd},
    FunctionEntry{"even", "test_even(value)", even},
    FunctionEntry{"divisibleby", "test_divisibleby(value, num)", divisibleBy},
    FunctionEntry{"defined", "test_defined(value)", isDefined},
    FunctionEntry{"undefined", "test_undefined(value)", isNotDefined},
    FunctionEntry{"filter", "test_filter(value)", isFilter},
    FunctionEntry{"test", "test_test(value)", isTest},
    FunctionEntry{"none", "test_none(value)", isNone},
    FunctionEntry{"boolean", "test_boolean(value)", isBoolean},
    FunctionEntry{"false", "test_false(value)", isFalse},
    FunctionEntry{"true", "test_true(value)", isTrueItself},
    FunctionEntry{"integer", "test_integer(value)", isInteger},
    FunctionEntry{"float", "test_float(value)", isFloat},
    FunctionEntry{"lower", "test_lower(value)", isLower},
    FunctionEntry{"upper", "test_upper(value)", isUpper},
    FunctionEntry{"string", "test_string(value)", isString},
    FunctionEntry{"mapping", "test_mapping(value)", isMapping},
    FunctionEntry{"number", "test_number(value)", isNumber},
    FunctionEntry{"sequence", "test_sequence(value)", isSequence},
    FunctionEntry{"iterable", "test_iterable(value)", isIterableTest},
    FunctionEntry{"callable", "callable(value)", isCallable},
    FunctionEntry{"sameas", "test_sameas(value, other)", sameAs},
    FunctionEntry{"escaped", "test_escaped(value)", isEscaped},
    FunctionEntry{"in", "in(item, list)", isIn},
    FunctionEntry{"eq", "eq(a, b)", comparesTo<Comparison::Equal>},
    FunctionEntry{"==", "eq(a, b)", comparesTo<Comparison::Equal>},
    FunctionEntry{"equalto", "eq(a, b)", comparesTo<Comparison::Equal>},
    FunctionEntry{"ne", "ne(a, b)", comparesTo<Comparison::NotEqual>},
    FunctionEntry{"!=", "ne(a, b)", comparesTo<Comparison::NotEqual>},
    FunctionEntry{"gt", "gt(a, b)", comparesTo<Comparison::Greater>},
    FunctionEntry{">", "gt(a, b)", comparesTo<Comparison::Greater>},
    FunctionEntry{"greaterthan", "gt(a, b)", comparesTo<Comparison::Greater>},
    FunctionEntry{"ge", "ge(a, b)", comparesTo<Comparison::GreaterEqual>},
    FunctionEntry{">=", "ge(a, b)", comparesTo<Comparison::GreaterEqual>},
    FunctionEntry{"lt", "lt(a, b)", comparesTo<Comparison::Less>},
    FunctionEntry{"<", "lt(a, b)", comparesTo<Comparison::Less>},
    FunctionEntry{"lessthan", "lt(a, b)", comparesTo<Comparison::Less>},
    FunctionEntry{"le", "le(a, b)", comparesTo<Comparison::LessEqual>},
    FunctionEntry{"<=", "le(a, b)", comparesTo<Comparison::LessEqual>},
};

// Where a value keeps its content; null for what has none of its own.
const void *storageOf(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Text:
    case Value::Kind::Bytes:
        return value.text().data();
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return &value.items();
    case Value::Kind::Map:
        return &value.entries();
    case Value::Kind::Set:
        return &value.members();
    case Value::Kind::Object:
        return value.object().get();
    default:
        return nullptr;
    }
}

} // namespace

bool isSame(const Value &left, const Value &right)
{
    if (left.kind() != right.kind())
        return false;
    if (const void *storage = storageOf(left)) {
        // CPython keeps short texts once.
        const bool isShort = left.isText() && left.text().size() < 2;
        return storage == storageOf(right) || (isShort && left == right);
    }
    return left == right;
}

std::span<const FunctionEntry> jinjaTests()
{
    return entries;
}

} // namespace stormglass
