#pragma once

#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

namespace stormglass {

// Something that can be run, as described in a pack (execution.md 1).
struct Action
{
    Id id = {};
    Ref ref = {};
    QString description = {};
    bool enabled = true;
    // Name of a RunnerType.
    QString runnerType = {};
    // As written, relative to the pack's actions folder.
    QString entryPoint = {};
    // Parameter name → schema, in the order of the file.
    Value parameters = Value::map();
    Value outputSchema = Value::map();
    Value notify = Value::map();
    Value tags = Value::list();
    // Relative to the pack's folder.
    QString metadataFile = {};

    friend bool operator==(const Action &, const Action &) = default;
};

Value toJson(const Action &action);

// Code that knows how to run one kind of action, and the parameters it adds.
struct RunnerType
{
    Id id = {};
    QString name = {};
    QString description = {};
    bool enabled = true;
    // Names StackStorm gives the code by; shown, never loaded.
    QString package = {};
    QString module = {};
    Value parameters = Value::map();
    // Which result member is the action's output, for output schemas.
    QString outputKey = {};
    Value outputSchema = Value::map();

    friend bool operator==(const RunnerType &, const RunnerType &) = default;
};

Value toJson(const RunnerType &runnerType);

} // namespace stormglass
