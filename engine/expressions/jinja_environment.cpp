#include "engine/expressions/jinja_environment.h"

#include "engine/expressions/helper_functions.h"
#include "engine/expressions/jinja_filters.h"
#include "engine/expressions/jinja_globals.h"
#include "engine/expressions/jinja_tests.h"

namespace stormglass {

const JinjaEnvironment &stackStormEnvironment()
{
    static const FunctionTable filters(
        {jinjaTextFilters(), jinjaNumberFilters(), jinjaSequenceFilters(), jinjaSelectionFilters(),
         jinjaOrderFilters(), jinjaLayoutFilters(), jinjaMarkupFilters(), jsonFunctions(),
         yamlFunctions(), regexFunctions(), versionFunctions(), timeAndPathFunctions(),
         complexFunction(), decryptFunction()});
    static const FunctionTable tests({jinjaTests()});
    static const JinjaEnvironment environment{filters, tests, jinjaGlobals()};
    return environment;
}

} // namespace stormglass
