#include "engine/expressions/helper_functions.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/semantic_version.h"

#include <array>

namespace stormglass {

namespace {

std::optional<SemanticVersion> readVersion(Evaluation &evaluation, std::string_view text)
{
    auto version = SemanticVersion::read(text);
    if (!version)
        evaluation.failValue(std::string(text) + " is not valid SemVer string");
    return version;
}

std::optional<SemanticVersion> versionIn(Evaluation &evaluation, const Value &value)
{
    if (const auto text = textIn(value))
        return readVersion(evaluation, *text);
    if (value.isBytes())
        return readVersion(evaluation, value.text());
    evaluation.failType("not expecting type '<class '" + typeNameOf(value) + "'>'");
    return std::nullopt;
}

// The second operand of a comparison may also be the three numbers in a list.
std::optional<SemanticVersion> otherVersionIn(Evaluation &evaluation, const Value &value)
{
    if (textIn(value))
        return versionIn(evaluation, value);
    if (!value.isSequence() || value.items().empty() || value.items().size() > 5) {
        evaluation.failType("Expected str, bytes, dict, tuple, list, or Version instance, but got "
                            "<class '"
                            + typeNameOf(value) + "'>");
        return std::nullopt;
    }
    std::array<std::string, 3> numbers{"0", "0", "0"};
    for (std::size_t i = 0; i < std::min<std::size_t>(3, value.items().size()); ++i)
        numbers[i] = strOf(evaluation, value.items()[i]);
    return readVersion(evaluation, numbers[0] + '.' + numbers[1] + '.' + numbers[2]);
}

// Below zero, zero, above; none, and failed, where one of the two is no version.
std::optional<int> compared(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto left = versionIn(evaluation, arguments[0]);
    const auto right = left ? otherVersionIn(evaluation, arguments[1]) : std::nullopt;
    if (!right)
        return std::nullopt;
    const int order = SemanticVersion::compare(*left, *right);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

Value versionCompare(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto order = compared(evaluation, arguments);
    return order ? Value(*order) : Value();
}

Value versionMoreThan(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compared(evaluation, arguments) == 1;
}

Value versionLessThan(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compared(evaluation, arguments) == -1;
}

Value versionEqual(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compared(evaluation, arguments) == 0;
}

bool holds(std::string_view sign, int order)
{
    if (sign == ">=")
        return order >= 0;
    if (sign == "<=")
        return order <= 0;
    if (sign == "!=")
        return order != 0;
    if (sign == ">")
        return order > 0;
    return sign == "<" ? order < 0 : order == 0;
}

Value versionMatch(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto version = versionIn(evaluation, arguments[0]);
    const auto expression = textIn(arguments[1]);
    if (!version)
        return {};
    if (!expression)
        return evaluation.failType("'" + typeNameOf(arguments[1])
                                   + "' object is not subscriptable");
    constexpr std::array<std::string_view, 6> signs{">=", "<=", "==", "!=", ">", "<"};
    std::string_view sign;
    for (const std::string_view candidate : signs) {
        if (sign.empty() && expression->starts_with(candidate))
            sign = candidate;
    }
    const bool isBare
        = !expression->empty() && expression->front() >= '0' && expression->front() <= '9';
    if (sign.empty() && !isBare)
        return evaluation.failValue(
            "match_expr parameter should be in format <op><ver>, where <op> is one of ['<', '>', "
            "'==', '<=', '>=', '!=']. You provided: "
            + reprOf(evaluation, arguments[1]));
    const auto other = readVersion(evaluation, expression->substr(sign.size()));
    return other && holds(sign, SemanticVersion::compare(*version, *other));
}

std::string dotted(const BigInt &major, const BigInt &minor, const BigInt &patch)
{
    return major.text() + '.' + minor.text() + '.' + patch.text();
}

Value bumpMajor(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto version = versionIn(evaluation, arguments[0]);
    return version ? Value(dotted(version->major + BigInt(1), 0, 0)) : Value();
}

Value bumpMinor(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto version = versionIn(evaluation, arguments[0]);
    return version ? Value(dotted(version->major, version->minor + BigInt(1), 0)) : Value();
}

Value bumpPatch(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto version = versionIn(evaluation, arguments[0]);
    return version ? Value(dotted(version->major, version->minor, version->patch + BigInt(1)))
                   : Value();
}

Value stripPatch(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto version = versionIn(evaluation, arguments[0]);
    return version ? Value(version->major.text() + '.' + version->minor.text()) : Value();
}

constexpr std::array entries{
    FunctionEntry{"version_compare", "version_compare(value, pattern)", versionCompare},
    FunctionEntry{"version_more_than", "version_more_than(value, pattern)", versionMoreThan},
    FunctionEntry{"version_less_than", "version_less_than(value, pattern)", versionLessThan},
    FunctionEntry{"version_equal", "version_equal(value, pattern)", versionEqual},
    FunctionEntry{"version_match", "version_match(value, pattern)", versionMatch},
    FunctionEntry{"version_bump_major", "version_bump_major(value)", bumpMajor},
    FunctionEntry{"version_bump_minor", "version_bump_minor(value)", bumpMinor},
    FunctionEntry{"version_bump_patch", "version_bump_patch(value)", bumpPatch},
    FunctionEntry{"version_strip_patch", "version_strip_patch(value)", stripPatch},
};

} // namespace

std::span<const FunctionEntry> versionFunctions()
{
    return entries;
}

} // namespace stormglass
