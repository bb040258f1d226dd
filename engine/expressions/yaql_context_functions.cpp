#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"
#include "engine/expressions/yaql_overloads.h"

#include <array>

namespace stormglass {

namespace {

Value withPlaces(const YaqlCall &call)
{
    const auto scope = call.evaluation.newScope(call.evaluation.scope());
    if (!scope)
        return {};
    for (std::size_t i = 0; i < call.restCount(); ++i)
        scope->set(std::to_string(i + 1), call.rest(i));
    for (const YaqlNamedArgument &named : call.names())
        scope->set(std::string(named.name), named.argument.value);
    return Value(YaqlScopePtr(scope));
}

Value unpack(const YaqlCall &call)
{
    const auto scope = call.evaluation.newScope(call.evaluation.scope());
    const ValueList items = listOf(call.evaluation, call[0]);
    if (!scope || call.evaluation.failed())
        return {};
    const std::size_t names = call.restCount();
    if (names > 0 && items.size() != names)
        return call.evaluation.failValue("Cannot unpack "
                                         + std::to_string(std::min(items.size(), names + 1))
                                         + " elements into " + std::to_string(names));
    for (std::size_t i = 0; i < items.size(); ++i)
        scope->set(names > 0 ? std::string(call.rest(i).text()) : std::to_string(i + 1), items[i]);
    return Value(YaqlScopePtr(scope));
}

// The body is run in the scope that holds the function, so that it can call itself; it is not held
// by that scope in turn.
Value define(const YaqlCall &call)
{
    const auto scope = call.evaluation.newScope(call.evaluation.scope());
    if (!scope)
        return {};
    scope->define(std::make_shared<const YaqlFunction>(std::string(call[0].text()),
                                                       call.lambda(1).unbound()));
    return Value(YaqlScopePtr(scope));
}

Value assertThat(const YaqlCall &call)
{
    const Value object = memorized(call.evaluation, call[0]);
    const Value holds = call.lambda(1)(call.evaluation, object);
    if (call.evaluation.failed() || isTrue(call.evaluation, holds))
        return object;
    return call.evaluation.fail(PythonError::Assertion, std::string(call[2].text()));
}

Value callByName(const YaqlCall &call)
{
    YaqlInvocation invocation{call[0].text(), call.isGiven(3)};
    if (call.isGiven(3))
        invocation.places.push_back({nullptr, call[3], false});
    for (const Value &argument : call[1].items())
        invocation.places.push_back({nullptr, argument, false});
    for (const ValueMap::Entry &entry : call[2].entries()) {
        if (entry.key.isText())
            invocation.names.push_back({entry.key.text(), {nullptr, entry.value, false}});
    }
    return invokeYaql(call.evaluation, std::move(invocation));
}

constexpr std::array entries{
    YaqlFunctionEntry{"f with(*args:any)", withPlaces},
    YaqlFunctionEntry{"f let(*args:any, **kwargs)", withPlaces},
    YaqlFunctionEntry{"m unpack(sequence:iter, *args:str)", unpack},
    YaqlFunctionEntry{"f def(name:str, func:lambda)", define},
    YaqlFunctionEntry{"m assert(obj:any, condition:lambda, message:str='Assertion failed')",
                      assertThat},
    YaqlFunctionEntry{"f call(name:str, args:list, kwargs:dict, receiver:any=none)", callByName},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlContextFunctions()
{
    return entries;
}

} // namespace stormglass
