#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

namespace stormglass {

// What a type of trigger asks of its parameters beyond its schema: the fields of a cron timer must
// be ones that the scheduler can read. StackStorm looks at those of no other timer before it fires.
// ValueError. Thread: any.
Result<> checkTriggerParameters(const Ref &triggerType, const Value &parameters, Timestamp now);

} // namespace stormglass
