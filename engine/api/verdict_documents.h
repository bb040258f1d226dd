#pragma once

#include "engine/model/trigger_instance.h"
#include "engine/rules/explanation.h"
#include "engine/rules/rule_set.h"

namespace stormglass {

// One verdict on its way to being shown.
struct VerdictEntry
{
    Verdict verdict = {};
    // It was not kept, so the rule as it is now was asked again.
    bool isComputedAgain = false;
    // As it is now; none if it is gone.
    std::optional<Rule> rule = {};
};

// What all verdicts on one trigger instance are shown with. Borrowed for the call.
struct VerdictSetting
{
    const TriggerInstance &instance;
    // Its payload as it may be shown.
    const Value &shownPayload;
    const Resolver *resolver = nullptr;
};

// Bounded in size: long values are shown by how they begin.
Value verdictDocument(const VerdictEntry &entry, const VerdictSetting &setting);

// Has the rule changed since it was asked?
bool isChangedSince(const VerdictEntry &entry);

// A value, or the beginning of its text where it is long.
Value briefly(const Value &value);

} // namespace stormglass
