#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <vector>

namespace stormglass {

// StackStorm's JSON-schema dialect: Draft 4 with `required` as a boolean on each property, as Draft
// 3 had it (content.md 2). Messages are the reference validator's, values printed as Python prints
// them. Pure; any thread.

struct SchemaOptions
{
    // Assign defaults where a value is missing or null, and let null stand for "not given"
    // (content.md 2.3).
    bool useDefaults = true;
    bool allowNull = true;
};

// The instance, cleaned: defaults assigned. Invalid with the message, kind `ValidationError` and
// the dotted path of the value at fault in `place`.
Result<Value> validate(const Value &schema, const Value &instance,
                       const SchemaOptions &options = {});

// The schema as it is with `allowNull`: null stands for "not given" in every optional property
// without a default of its own. For whoever validates many instances against one schema.
Value withNullAllowed(const Value &schema);

// {type: object, properties: parameters, additionalProperties: false}; anything goes where there
// are none.
enum class Additional { Refused, Allowed };
Value parametersSchema(const Value &parameters, Additional additional = Additional::Refused);

// Runner parameters with the action's laid over them, attribute by attribute (content.md 5.3).
Value mergedParameters(const Value &runnerParameters, const Value &actionParameters);

// A finding of the plain Draft 4 walk, without the dialect's preparation.
struct SchemaError
{
    QString message;
    // Keys and indexes from the root to the value at fault.
    ValueList path;
    // The keyword that refused it.
    QString keyword;
    // What the branches of anyOf and oneOf had to say.
    std::vector<SchemaError> context;
    bool matchesType = false;
};
std::vector<SchemaError> schemaErrors(const Value &schema, const Value &instance);

// The finding a person is told: the reference's choice among many (least deep, then most telling).
// Its path is from the root, that of a branch's finding too.
SchemaError bestMatch(const std::vector<SchemaError> &errors);

} // namespace stormglass
