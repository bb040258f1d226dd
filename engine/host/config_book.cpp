#include "engine/host/config_book.h"

#include "engine/packs/pack_config.h"
#include "engine/packs/sealed_values.h"

namespace stormglass {

Result<ConfigBook::Stored> ConfigBook::stored(const QString &pack)
{
    if (const auto known = m_remembered.constFind(pack); known != m_remembered.constEnd())
        return *known;
    SG_LET(const std::optional<ConfigSchema> schema, m_packs.configSchema(pack));
    SG_LET(const std::optional<PackConfig> config, m_packs.config(pack));
    const Stored found{schema ? schema->attributes : Value(), config ? config->values : Value()};
    if (m_remembered.size() >= rememberedAtMost)
        m_remembered.clear();
    m_remembered.insert(pack, found);
    return found;
}

Result<Value> ConfigBook::find(const QString &pack, const QString &user)
{
    SG_LET(const Stored found, stored(pack));
    if (found.attributes.isNull() && found.values.isNull())
        return Value::map();
    // Opened anew each time: secrets in clear are not kept in memory.
    SG_LET(const Value values, withSecretsOpened(found.values, [this](std::string_view cipher) {
               return m_resolver.decrypt(cipher);
           }));
    return resolvedConfig(pack, found.attributes, values, {&m_resolver, user.toStdString()});
}

} // namespace stormglass
