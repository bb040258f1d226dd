#pragma once

#include "engine/base/value.h"

namespace stormglass {

// A trigger instance's payload with what its trigger type's schema calls secret masked.
Value withPayloadMasked(const Value &payloadSchema, const Value &payload);

} // namespace stormglass
