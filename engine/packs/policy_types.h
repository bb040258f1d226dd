#pragma once

#include "engine/base/value.h"

#include <QString>

#include <vector>

namespace stormglass {

// A kind of policy, with the parameters it takes (content.md 8.3).
struct PolicyType
{
    // `action.concurrency`
    QString ref;
    QString description;
    // Name StackStorm gives the code by; shown, never loaded.
    QString module;
    Value parameters = Value::map();
};

// All there are; nobody adds any. Thread: any.
const std::vector<PolicyType> &policyTypes();
// Null if there is none of that ref.
const PolicyType *policyTypeOf(const QString &ref);

} // namespace stormglass
