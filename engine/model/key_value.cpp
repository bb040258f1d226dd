#include "engine/model/key_value.h"

#include "engine/model/json_members.h"

namespace stormglass {

Value toJson(const KeyValue &keyValue)
{
    const bool isOfUser = keyValue.scope == QLatin1String("st2kv.user");
    const qsizetype colon = isOfUser ? keyValue.name.indexOf(QLatin1Char(':')) : -1;
    Value json = Value::map(
        {{"id", shown(keyValue.id)},
         {"uid",
          QStringLiteral("key_value_pair:") + keyValue.scope + QLatin1Char(':') + keyValue.name},
         {"name", keyValue.name.mid(colon + 1)}});
    setIfAny(json, "description", keyValue.description);
    json.set("value", keyValue.value);
    json.set("secret", keyValue.isEncrypted);
    json.set("encrypted", keyValue.isEncrypted);
    json.set("scope", keyValue.scope);
    setIfAny(json, "expire_timestamp", keyValue.expires);
    if (colon > 0)
        json.set("user", keyValue.name.left(colon));
    return json;
}

} // namespace stormglass
