#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"

#include <array>

namespace stormglass {

namespace {

const Regex &regexIn(const Value &value)
{
    return objectAs<YaqlRegex>(value)->regex();
}

Value compiledRegex(const YaqlCall &call)
{
    RegexFlags flags;
    flags.ignoreCase = call[1].toBoolOr(false);
    flags.multiLine = call[2].toBoolOr(false);
    flags.dotAll = call[3].toBoolOr(false);
    const Result<Regex> regex = Regex::cached(call[0].text(), flags);
    return regex ? Value(std::make_shared<const YaqlRegex>(*regex, flags))
                 : call.evaluation.fail(regex.error());
}

bool isFound(const YaqlCall &call, const Regex &regex, const Value &subject)
{
    const auto match = regex.search(subject.text());
    if (!match)
        call.evaluation.fail(match.error());
    return match && match->has_value();
}

bool isFoundPattern(const YaqlCall &call, const Value &pattern, const Value &subject)
{
    const Result<Regex> regex = Regex::cached(pattern.text());
    if (!regex)
        call.evaluation.fail(regex.error());
    return regex && isFound(call, *regex, subject);
}

Value regexMatches(const YaqlCall &call)
{
    return isFound(call, regexIn(call[0]), call[1]);
}

Value textMatches(const YaqlCall &call)
{
    return isFoundPattern(call, call[1], call[0]);
}

Value matchesRegex(const YaqlCall &call)
{
    return isFound(call, regexIn(call[1]), call[0]);
}

Value differsFromRegex(const YaqlCall &call)
{
    return !isFound(call, regexIn(call[1]), call[0]);
}

Value differsFromText(const YaqlCall &call)
{
    return !isFoundPattern(call, call[1], call[0]);
}

Value recordOf(const RegexMatch &match, std::size_t group)
{
    const auto span = match.codePointSpan(group);
    const auto place
        = [&](std::size_t at) { return span ? static_cast<std::int64_t>(at) : std::int64_t{-1}; };
    return Value::map({{"value", match.value(group)},
                       {"start", Value(place(span ? span->begin : 0))},
                       {"end", Value(place(span ? span->end : 0))}});
}

// What an expression makes of a match: `$1` is the whole, the groups follow.
Value selected(const YaqlCall &call, const YaqlLambda &selector, const Regex &regex,
               const RegexMatch &match)
{
    if (!regex.groupNames().empty())
        return call.evaluation.failValue("not enough values to unpack (expected 2, got 1)");
    const auto scope = call.evaluation.newScope(call.evaluation.scope());
    if (!scope)
        return {};
    for (std::size_t group = 0; group <= match.groupCount(); ++group)
        scope->set(std::to_string(group + 1), recordOf(match, group));
    return selector.in(call.evaluation, scope);
}

Value search(const YaqlCall &call)
{
    const Regex &regex = regexIn(call[0]);
    const auto match = regex.search(call[1].text());
    if (!match)
        return call.evaluation.fail(match.error());
    if (!*match)
        return {};
    return call.isGiven(2) ? selected(call, call.lambda(2), regex, **match) : (*match)->value();
}

Value searchAll(const YaqlCall &call)
{
    const Regex &regex = regexIn(call[0]);
    const auto matches = regex.findAll(call[1].text());
    if (!matches)
        return call.evaluation.fail(matches.error());
    ValueList found;
    for (const RegexMatch &match : *matches) {
        found.push_back(call.isGiven(2) ? selected(call, call.lambda(2), regex, match)
                                        : match.value());
        if (call.evaluation.failed())
            return {};
    }
    return yaqlIteratorOver(call.evaluation, std::move(found));
}

Value splitBy(const YaqlCall &call, const Regex &regex, const Value &subject)
{
    const std::int64_t most = call.integer(2);
    if (most < 0)
        return yaqlMutableList({subject});
    const auto parts = regex.split(subject.text(), static_cast<std::size_t>(most));
    return parts ? yaqlMutableList(*parts) : call.evaluation.fail(parts.error());
}

Value regexSplit(const YaqlCall &call)
{
    return splitBy(call, regexIn(call[0]), call[1]);
}

Value textSplit(const YaqlCall &call)
{
    return splitBy(call, regexIn(call[1]), call[0]);
}

Value replaced(const YaqlCall &call, const Regex &regex, const Value &subject)
{
    const std::int64_t count = call.integer(3);
    if (count < 0)
        return subject;
    const auto text
        = regex.replace(subject.text(), call[2].text(), static_cast<std::size_t>(count));
    return text ? Value(*text) : call.evaluation.fail(text.error());
}

Value regexReplace(const YaqlCall &call)
{
    return replaced(call, regexIn(call[0]), call[1]);
}

Value textReplace(const YaqlCall &call)
{
    return replaced(call, regexIn(call[1]), call[0]);
}

Value replacedBy(const YaqlCall &call, const Regex &regex, const Value &subject)
{
    const std::int64_t count = call.integer(3);
    if (count < 0)
        return subject;
    const YaqlLambda replacement = call.lambda(2);
    const auto replacer = [&](const RegexMatch &match) -> Result<std::string> {
        const Value text = selected(call, replacement, regex, match);
        if (!call.evaluation.failed() && !text.isText() && !text.isNull())
            call.evaluation.failType("expected str instance, " + typeNameOf(text) + " found");
        if (call.evaluation.failed())
            return failure(call.evaluation.error());
        return text.isNull() ? std::string() : std::string(text.text());
    };
    const auto text = regex.replaceBy(subject.text(), replacer, static_cast<std::size_t>(count));
    return text ? Value(*text) : call.evaluation.fail(text.error());
}

Value regexReplaceBy(const YaqlCall &call)
{
    return replacedBy(call, regexIn(call[0]), call[1]);
}

Value textReplaceBy(const YaqlCall &call)
{
    return replacedBy(call, regexIn(call[1]), call[0]);
}

Value escapeRegex(const YaqlCall &call)
{
    return Value(Regex::escape(call[0].text()));
}

Value isRegex(const YaqlCall &call)
{
    return isOfYaqlType(YaqlType::Regex, call[0]);
}

constexpr std::array entries{
    YaqlFunctionEntry{"f regex(pattern:str, ignoreCase:bool?=false, multiLine:bool?=false, "
                      "dotAll:bool?=false)",
                      compiledRegex},
    YaqlFunctionEntry{"m matches(regexp:regex, string:str)", regexMatches},
    YaqlFunctionEntry{"m matches(string:str, regexp:str)", textMatches},
    YaqlFunctionEntry{"f #operator_=~(string:str, regexp:regex)", matchesRegex},
    YaqlFunctionEntry{"f #operator_=~(string:str, pattern:str)", textMatches},
    YaqlFunctionEntry{"f #operator_!~(string:str, regexp:regex)", differsFromRegex},
    YaqlFunctionEntry{"f #operator_!~(string:str, pattern:str)", differsFromText},
    YaqlFunctionEntry{"m search(regexp:regex, string:str, selector:lambda=null)", search},
    YaqlFunctionEntry{"m searchAll(regexp:regex, string:str, selector:lambda=null)", searchAll},
    YaqlFunctionEntry{"m split(regexp:regex, string:str, maxSplit:int=0)", regexSplit},
    YaqlFunctionEntry{"m split(string:str, regexp:regex, maxSplit:int=0)", textSplit},
    YaqlFunctionEntry{"m replace(regexp:regex, string:str, repl:str, count:int=0)", regexReplace},
    YaqlFunctionEntry{"m replace(string:str, regexp:regex, repl:str, count:int=0)", textReplace},
    YaqlFunctionEntry{"m replaceBy(regexp:regex, string:str, repl:lambda, count:int=0)",
                      regexReplaceBy},
    YaqlFunctionEntry{"m replaceBy(string:str, regexp:regex, repl:lambda, count:int=0)",
                      textReplaceBy},
    YaqlFunctionEntry{"f escapeRegex(string:str)", escapeRegex},
    YaqlFunctionEntry{"f isRegex(value:any)", isRegex},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlRegexFunctions()
{
    return entries;
}

} // namespace stormglass
