#include "engine/schema/payload_masking.h"

#include "engine/schema/masking.h"

namespace stormglass {

Value withPayloadMasked(const Value &payloadSchema, const Value &payload)
{
    const Value &members = payloadSchema["properties"];
    return hasSecrets(members) ? withSecretsMasked(members, payload) : payload;
}

} // namespace stormglass
