#pragma once

#include "engine/api/read_context.h"

namespace stormglass {

// Ours: why and why not. What every rule on its trigger said of a trigger instance, and how little
// would have changed the answer: what fired first, then what was kept from it, a page at a time.
Result<Response> verdictsOf(ReadContext &context, const TriggerInstance &instance,
                            const Request &request);

// The schema of what its trigger's events carry; a map without members if it is no longer known.
Result<Value> payloadSchemaOf(ReadContext &context, const TriggerInstance &instance);

} // namespace stormglass
