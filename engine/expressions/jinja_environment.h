#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// What a template may use beside its variables.
struct JinjaEnvironment
{
    const FunctionTable &filters;
    const FunctionTable &tests;
    // A map: functions and constructors, hidden by variables of the same name.
    const Value globals;
};

// StackStorm's: Jinja's own filters and the helper functions.
const JinjaEnvironment &stackStormEnvironment();

// That of workflows: their functions, as filters and as globals.
const JinjaEnvironment &orquestaEnvironment();

} // namespace stormglass
