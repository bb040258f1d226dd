#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/expressions/expression.h"

#include <string>

namespace stormglass {

// What an action and its runner declare: maps of a name to its schema.
struct ParameterSchemas
{
    Value action = Value::map();
    Value runner = Value::map();
};

// What the templates of parameters may use beside one another.
struct ParameterContext
{
    // A map: seen as `action_context`. Its `api_user`, else `user`, is whose `st2kv.user` it is.
    Value actionContext = Value::map();
    // A map: the pack's resolved config, seen as `config_context`.
    Value config = Value::map();
    // A map: more names, such as `trigger`.
    Value additional = Value::map();
    // Borrowed for the call; may be null: then no key is there.
    const Resolver *resolver = nullptr;
    std::string systemUser = "stanley";
    EvaluationLimits limits = {};
};

struct FinalParameters
{
    Value runner = Value::map();
    Value action = Value::map();
};

// Parameters as StackStorm renders and casts them (execution.md 4.3 to 4.6). Errors are Invalid, of
// kind ParamException, or of Python's class where a cast refuses a value. Thread: any.

// When an execution is requested: the given ones, rendered, and those whose default is a template.
Result<Value> renderLiveParameters(const ParameterSchemas &schemas, const Value &given,
                                   const ParameterContext &context);

// When it runs: every declared one; what was given is not rendered again.
Result<FinalParameters> renderFinalParameters(const ParameterSchemas &schemas, const Value &given,
                                              const ParameterContext &context);

} // namespace stormglass
