#include "engine/model/action_alias.h"

#include "engine/model/json_members.h"
#include "engine/model/uid.h"

namespace stormglass {

Value toJson(const ActionAlias &alias)
{
    Value json = Value::map({{"id", shown(alias.id)},
                             {"uid", uidOf(QStringLiteral("action_alias"), alias.ref)},
                             {"ref", alias.ref.text()},
                             {"pack", alias.ref.pack},
                             {"name", alias.ref.name}});
    setIfAny(json, "description", alias.description);
    json.set("enabled", alias.enabled);
    json.set("action_ref", alias.action.text());
    json.set("formats", alias.formats);
    json.set("ack", alias.ack);
    json.set("result", alias.result);
    json.set("extra", alias.extra);
    json.set("immutable_parameters", alias.immutableParameters);
    setIfAny(json, "metadata_file", alias.metadataFile);
    return json;
}

} // namespace stormglass
