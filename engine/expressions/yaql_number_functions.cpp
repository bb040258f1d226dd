#include "engine/expressions/python_numbers.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_overloads.h"

#include <QRandomGenerator>

#include <array>

namespace stormglass {

namespace {

constexpr std::int64_t widestShift = 60'000;

template <Arithmetic operation>
Value computed(const YaqlCall &call)
{
    return arithmetic(call.evaluation, operation, call[0], call[1]);
}

Value divided(const YaqlCall &call)
{
    const bool isWhole = call[0].isInteger() && call[1].isInteger();
    return arithmetic(call.evaluation, isWhole ? Arithmetic::FloorDivide : Arithmetic::Divide,
                      call[0], call[1]);
}

Value negated(const YaqlCall &call)
{
    return negative(call.evaluation, call[0]);
}

Value same(const YaqlCall &call)
{
    return call[0];
}

Value magnitude(const YaqlCall &call)
{
    return absolute(call.evaluation, call[0]);
}

Value toInteger(const YaqlCall &call)
{
    return call[0].isNull() ? Value(0) : integerOf(call.evaluation, call[0]);
}

Value toReal(const YaqlCall &call)
{
    return call[0].isNull() ? Value(0.0) : realOf(call.evaluation, call[0]);
}

Value randomReal(const YaqlCall &)
{
    return QRandomGenerator::global()->generateDouble();
}

Value randomInteger(const YaqlCall &call)
{
    const std::int64_t from = call.integer(0);
    const std::int64_t to = call.integer(1);
    if (call.evaluation.failed())
        return {};
    if (from > to)
        return call.evaluation.failValue("empty range for randrange()");
    const auto width = static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from) + 1;
    const std::uint64_t drawn = QRandomGenerator::global()->generate64();
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(from)
                                     + (width == 0 ? drawn : drawn % width));
}

template <typename Operation>
Value bitwise(const YaqlCall &call, Operation operation)
{
    const std::int64_t left = call.integer(0);
    const std::int64_t right = call.integer(1);
    if (call.evaluation.failed())
        return {};
    if (call[0].isBool() && call[1].isBool())
        return operation(left, right) != 0;
    return Value(operation(left, right));
}

Value bitwiseAnd(const YaqlCall &call)
{
    return bitwise(call, std::bit_and<std::int64_t>());
}

Value bitwiseOr(const YaqlCall &call)
{
    return bitwise(call, std::bit_or<std::int64_t>());
}

Value bitwiseXor(const YaqlCall &call)
{
    return bitwise(call, std::bit_xor<std::int64_t>());
}

Value bitwiseNot(const YaqlCall &call)
{
    return arithmetic(call.evaluation, Arithmetic::Subtract, negative(call.evaluation, call[0]),
                      Value(1));
}

// Shifts are products and quotients with a power of two.
Value shifted(const YaqlCall &call, Arithmetic operation)
{
    const std::int64_t bits = call.integer(1);
    if (call.evaluation.failed())
        return {};
    if (bits < 0)
        return call.evaluation.failValue("negative shift count");
    if (bits > widestShift)
        return call.evaluation.fail(PythonError::Limit, "the number is shifted too far");
    const Value factor = arithmetic(call.evaluation, Arithmetic::Power, Value(2), Value(bits));
    return arithmetic(call.evaluation, operation, call[0], factor);
}

Value shiftBitsLeft(const YaqlCall &call)
{
    return shifted(call, Arithmetic::Multiply);
}

Value shiftBitsRight(const YaqlCall &call)
{
    return shifted(call, Arithmetic::FloorDivide);
}

// Whether `second` is greater, by the operator of the language.
bool isGreater(const YaqlCall &call, const Value &second, const Value &first)
{
    return isTrue(call.evaluation,
                  callYaqlFunction(call.evaluation, "#operator_>", {second, first}));
}

Value larger(const YaqlCall &call)
{
    return isGreater(call, call[1], call[0]) ? call[1] : call[0];
}

Value smaller(const YaqlCall &call)
{
    return isGreater(call, call[1], call[0]) ? call[0] : call[1];
}

Value power(const YaqlCall &call)
{
    if (call[2].isNull())
        return arithmetic(call.evaluation, Arithmetic::Power, call[0], call[1]);
    if (!call[0].isInteger() || !call[1].isInteger() || !call[2].isInteger())
        return call.evaluation.failType(
            "pow() 3rd argument not allowed unless all arguments are integers");
    const Value &modulus = call[2];
    if (modulus == Value(0))
        return call.evaluation.failValue("pow() 3rd argument cannot be 0");
    std::int64_t exponent = call.integer(1);
    if (!call.evaluation.failed() && exponent < 0)
        return call.evaluation.failValue("base is not invertible for the given modulus");
    const auto reduced = [&](const Value &value) {
        return arithmetic(call.evaluation, Arithmetic::Modulo, value, modulus);
    };
    Value base = reduced(call[0]);
    Value result = reduced(Value(1));
    for (; exponent > 0 && !call.evaluation.failed(); exponent /= 2) {
        if (exponent % 2 == 1)
            result = reduced(arithmetic(call.evaluation, Arithmetic::Multiply, result, base));
        base = reduced(arithmetic(call.evaluation, Arithmetic::Multiply, base, base));
    }
    return result;
}

Value sign(const YaqlCall &call)
{
    if (compare(call.evaluation, Comparison::Greater, call[0], Value(0)))
        return 1;
    return compare(call.evaluation, Comparison::Less, call[0], Value(0)) ? -1 : 0;
}

Value roundedNumber(const YaqlCall &call)
{
    return rounded(call.evaluation, call[0], call[1]);
}

Value isInteger(const YaqlCall &call)
{
    return call[0].isInteger();
}

Value isNumber(const YaqlCall &call)
{
    return call[0].isNumber();
}

constexpr std::array entries{
    YaqlFunctionEntry{"f #operator_+(left:num, right:num)", computed<Arithmetic::Add>},
    YaqlFunctionEntry{"f #operator_-(left:num, right:num)", computed<Arithmetic::Subtract>},
    YaqlFunctionEntry{"f #operator_*(left:num, right:num)", computed<Arithmetic::Multiply>},
    YaqlFunctionEntry{"f #operator_/(left:num, right:num)", divided},
    YaqlFunctionEntry{"f #operator_mod(left:num, right:num)", computed<Arithmetic::Modulo>},
    YaqlFunctionEntry{"f #unary_operator_+(op:num)", same},
    YaqlFunctionEntry{"f #unary_operator_-(op:num)", negated},
    YaqlFunctionEntry{"f abs(op:num)", magnitude},
    YaqlFunctionEntry{"f int(value:any)", toInteger},
    YaqlFunctionEntry{"f float(value:any)", toReal},
    YaqlFunctionEntry{"f random()", randomReal},
    YaqlFunctionEntry{"f random(from:any, to:any)", randomInteger},
    YaqlFunctionEntry{"f bitwiseAnd(left:int, right:int)", bitwiseAnd},
    YaqlFunctionEntry{"f bitwiseOr(left:int, right:int)", bitwiseOr},
    YaqlFunctionEntry{"f bitwiseXor(left:int, right:int)", bitwiseXor},
    YaqlFunctionEntry{"f bitwiseNot(arg:int)", bitwiseNot},
    YaqlFunctionEntry{"f shiftBitsRight(value:int, bitsNumber:int)", shiftBitsRight},
    YaqlFunctionEntry{"f shiftBitsLeft(value:int, bitsNumber:int)", shiftBitsLeft},
    YaqlFunctionEntry{"f max(a:any, b:any)", larger},
    YaqlFunctionEntry{"f min(a:any, b:any)", smaller},
    YaqlFunctionEntry{"f pow(a:num, b:num, c:num?=null)", power},
    YaqlFunctionEntry{"f sign(num:num)", sign},
    YaqlFunctionEntry{"f round(number:num, ndigits:int=0)", roundedNumber},
    YaqlFunctionEntry{"f isInteger(value:any)", isInteger},
    YaqlFunctionEntry{"f isNumber(value:any)", isNumber},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlNumberFunctions()
{
    return entries;
}

} // namespace stormglass
