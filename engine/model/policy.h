#pragma once

#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

namespace stormglass {

// What limits or repeats executions of an action (execution.md 14).
struct Policy
{
    Id id = {};
    Ref ref = {};
    QString description = {};
    bool enabled = true;
    // Ref of the action it is about.
    Ref resource = {};
    // `action.concurrency`, `action.concurrency.attr`, `action.retry`.
    QString policyType = {};
    Value parameters = Value::map();
    QString metadataFile = {};

    friend bool operator==(const Policy &, const Policy &) = default;
};

Value toJson(const Policy &policy);

} // namespace stormglass
