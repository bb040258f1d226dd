#include "engine/model/access.h"

#include "engine/model/json_members.h"

namespace stormglass {

Value toJson(const ApiKey &key)
{
    return Value::map({{"id", shown(key.id)},
                       {"uid", QStringLiteral("api_key:") + key.hash},
                       {"user", key.user},
                       {"key_hash", key.hash},
                       {"metadata", key.metadata},
                       {"created_at", shown(key.created)},
                       {"enabled", key.enabled}});
}

} // namespace stormglass
