#include "engine/expressions/helper_functions.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/regex.h"

#include <array>

namespace stormglass {

namespace {

// What is no error of Python's is one of our bounds.
Value failMatch(Evaluation &evaluation, const Error &error)
{
    if (error.kind.isEmpty())
        return evaluation.fail(PythonError::Limit, error.message.toStdString());
    return evaluation.fail(error);
}

// The pattern of a call, compiled; none, and failed, if it is none.
std::optional<Regex> patternOf(Evaluation &evaluation, const Value &pattern,
                               const Value &ignoreCase)
{
    const auto text = textIn(pattern);
    if (!text) {
        if (const Object *object = asObject(pattern); !object || object->isUsable(evaluation))
            evaluation.failType("first argument must be string or compiled pattern");
        return std::nullopt;
    }
    RegexFlags flags;
    flags.ignoreCase = isTrue(evaluation, ignoreCase);
    if (evaluation.failed())
        return std::nullopt;
    Result<Regex> regex = Regex::cached(*text, flags);
    if (!regex)
        evaluation.fail(regex.error());
    return regex ? std::optional(*regex) : std::nullopt;
}

Value regexMatch(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string subject = strOf(evaluation, arguments[0]);
    const auto pattern = patternOf(evaluation, arguments[1], arguments[2]);
    if (!pattern || evaluation.failed())
        return {};
    const auto match = pattern->match(subject);
    return match ? Value(match->has_value()) : failMatch(evaluation, match.error());
}

Value regexSearch(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string subject = strOf(evaluation, arguments[0]);
    const auto pattern = patternOf(evaluation, arguments[1], arguments[2]);
    if (!pattern || evaluation.failed())
        return {};
    const auto match = pattern->search(subject);
    return match ? Value(match->has_value()) : failMatch(evaluation, match.error());
}

Value regexReplace(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string subject = strOf(evaluation, arguments[0]);
    const auto pattern = patternOf(evaluation, arguments[1], arguments[3]);
    if (!pattern || evaluation.failed())
        return {};
    const auto replacement = textIn(arguments[2]);
    if (!replacement)
        return evaluation.failType("decoding to str: need a bytes-like object, "
                                   + typeNameOf(arguments[2]) + " found");
    const auto text = pattern->replace(subject, *replacement);
    return text ? Value(*text) : failMatch(evaluation, text.error());
}

Value regexSubstring(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string subject = strOf(evaluation, arguments[0]);
    const auto pattern = patternOf(evaluation, arguments[1], arguments[3]);
    if (!pattern || evaluation.failed())
        return {};
    const auto matches = pattern->findAll(subject);
    if (!matches)
        return failMatch(evaluation, matches.error());
    ValueList found;
    for (const RegexMatch &match : *matches)
        found.push_back(match.found());
    return subscript(evaluation, Value(std::move(found)), arguments[2]);
}

constexpr std::array entries{
    FunctionEntry{"regex_match", "regex_match(value, pattern, ignorecase=False)", regexMatch},
    FunctionEntry{"regex_search", "regex_search(value, pattern, ignorecase=False)", regexSearch},
    FunctionEntry{"regex_replace", "regex_replace(value, pattern, replacement, ignorecase=False)",
                  regexReplace},
    FunctionEntry{"regex_substring",
                  "regex_substring(value, pattern, result_index=0, ignorecase=False)",
                  regexSubstring},
};

} // namespace

std::span<const FunctionEntry> regexFunctions()
{
    return entries;
}

} // namespace stormglass
