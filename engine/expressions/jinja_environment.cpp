#include "engine/expressions/jinja_environment.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/helper_functions.h"
#include "engine/expressions/jinja_filters.h"
#include "engine/expressions/jinja_globals.h"
#include "engine/expressions/jinja_tests.h"
#include "engine/expressions/orquesta_functions.h"
#include "engine/expressions/python_operators.h"

namespace stormglass {

namespace {

using FunctionGroups = std::vector<std::span<const FunctionEntry>>;

FunctionGroups jinjaFilters()
{
    return {jinjaTextFilters(),      jinjaNumberFilters(), jinjaSequenceFilters(),
            jinjaSelectionFilters(), jinjaOrderFilters(),  jinjaLayoutFilters(),
            jinjaMarkupFilters()};
}

FunctionGroups stackStormFilters()
{
    FunctionGroups groups = jinjaFilters();
    groups.insert(groups.end(),
                  {jsonFunctions(), yamlFunctions(), regexFunctions(), versionFunctions(),
                   timeAndPathFunctions(), complexFunction(), decryptFunction()});
    return groups;
}

// A function that reads the workflow takes it as its first argument there; as a filter it is handed
// a value in its place.
Value refuseAsFilter(Evaluation &evaluation, const BoundArguments &arguments)
{
    return evaluation.failType("'" + typeNameOf(arguments[0])
                               + "' object is not a workflow's context");
}

std::vector<FunctionEntry> contextFilters()
{
    std::vector<FunctionEntry> filters;
    for (const FunctionEntry &entry : orquestaContextFunctions())
        filters.push_back({entry.name, "filter(context, *args, **kwargs)", refuseAsFilter});
    return filters;
}

FunctionGroups orquestaFunctions()
{
    FunctionGroups groups = orquestaHelperFunctions();
    groups.push_back(orquestaDataFunctions());
    return groups;
}

Value globalsWith(const FunctionTable &functions)
{
    Value globals = jinjaGlobals();
    for (const std::string_view name : functions.names())
        globals.set(name, Value(std::make_shared<const FunctionValue>(*functions.find(name))));
    return globals;
}

} // namespace

const JinjaEnvironment &stackStormEnvironment()
{
    static const FunctionTable filters(stackStormFilters());
    static const FunctionTable tests({jinjaTests()});
    static const JinjaEnvironment environment{filters, tests, jinjaGlobals()};
    return environment;
}

const JinjaEnvironment &orquestaEnvironment()
{
    static const std::vector<FunctionEntry> refused = contextFilters();
    static const FunctionTable filters([] {
        FunctionGroups groups = jinjaFilters();
        const FunctionGroups own = orquestaFunctions();
        groups.insert(groups.end(), own.begin(), own.end());
        groups.push_back(refused);
        return groups;
    }());
    static const FunctionTable tests({jinjaTests()});
    static const FunctionTable functions([] {
        FunctionGroups groups = orquestaFunctions();
        groups.push_back(orquestaContextFunctions());
        return groups;
    }());
    static const JinjaEnvironment environment{filters, tests, globalsWith(functions)};
    return environment;
}

} // namespace stormglass
