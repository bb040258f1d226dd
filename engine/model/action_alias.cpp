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
    const auto setUnlessNull = [&json](std::string_view key, const Value &value) {
        if (!value.isNull())
            json.set(key, value);
    };
    setUnlessNull("ack", alias.ack);
    setUnlessNull("result", alias.result);
    setUnlessNull("extra", alias.extra);
    setUnlessNull("immutable_parameters", alias.immutableParameters);
    setIfAny(json, "metadata_file", alias.metadataFile);
    return json;
}

} // namespace stormglass
