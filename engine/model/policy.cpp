#include "engine/model/policy.h"

#include "engine/model/json_members.h"
#include "engine/model/uid.h"

namespace stormglass {

Value toJson(const Policy &policy)
{
    Value json = Value::map({{"id", shown(policy.id)},
                             {"uid", uidOf(QStringLiteral("policy"), policy.ref)},
                             {"ref", policy.ref.text()},
                             {"pack", policy.ref.pack},
                             {"name", policy.ref.name}});
    setIfAny(json, "description", policy.description);
    json.set("enabled", policy.enabled);
    json.set("resource_ref", policy.resource.text());
    json.set("policy_type", policy.policyType);
    json.set("parameters", policy.parameters);
    setIfAny(json, "metadata_file", policy.metadataFile);
    return json;
}

} // namespace stormglass
