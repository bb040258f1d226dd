#pragma once

#include "engine/model/execution.h"
#include "engine/model/trigger_instance.h"
#include "engine/model/verdict.h"
#include "engine/pipeline/catalogue.h"

#include <vector>

namespace stormglass {

// Rows as the API and the stream show them: with what belongs to them beside them, and secrets
// masked.

// A trigger instance with `candidates`, `matched` and `verdicts`, one {rule, verdict} for each of
// the first rules.
Value triggerInstanceDocument(const TriggerInstance &instance,
                              const std::vector<Verdict> &verdicts);

enum class Secrets { Masked, Shown };

// An execution with its action, runner and live action (api.md 6.6). `entry` may be null if the
// action has gone.
Value executionDocument(const Execution &execution, const CatalogueEntryPointer &entry,
                        Secrets secrets);

// The live action alone, as `st2.liveaction__…` carries it.
Value liveActionDocument(const Execution &execution, const CatalogueEntryPointer &entry,
                         Secrets secrets);

} // namespace stormglass
