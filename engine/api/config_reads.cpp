#include "engine/api/config_documents.h"
#include "engine/api/content_list.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

tl::unexpected<Error> noSuchPack(const QString &ref)
{
    return failure(ErrorCode::NotFound,
                   u"Unable to identify resource with pack_ref \"%1\"."_s.arg(ref));
}

Result<QString> packNamed(ReadContext &context, const QString &refOrId)
{
    const auto id = idIn(refOrId);
    SG_LET(const std::optional<Pack> pack,
           id ? context.stores.packs.find(*id) : context.stores.packs.find(refOrId));
    if (!pack)
        return noSuchPack(refOrId);
    return pack->ref;
}

Result<Value> configDocument(ReadContext &context, const Call &call, const PackConfig &config)
{
    SG_LET(const std::optional<ConfigSchema> schema,
           context.stores.packs.configSchema(config.pack));
    return shownConfig(call, config, schema, context.resolver);
}

Result<Response> configs(ReadContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 100));
    SG_LET(const std::vector<PackConfig> all, context.stores.packs.configs());
    ValueList documents;
    for (auto at = static_cast<std::size_t>(paging.offset); at < all.size(); ++at) {
        if (paging.limit && static_cast<std::int64_t>(documents.size()) >= *paging.limit)
            break;
        SG_LET(Value document, configDocument(context, call, all[at]));
        documents.push_back(std::move(document));
    }
    return listResponse(std::move(documents), static_cast<std::int64_t>(all.size()), paging);
}

Result<Response> configSchemas(ReadContext &context, const Call &call)
{
    SG_LET(const std::vector<ConfigSchema> all, context.stores.packs.configSchemas());
    return contentList(
        call.request, all, 100, [](const ConfigSchema &) { return true; },
        static_cast<Value (*)(const ConfigSchema &)>(toJson));
}

} // namespace

Result<Value> shownConfig(const Call &call, const PackConfig &config,
                          const std::optional<ConfigSchema> &schema, const Resolver *resolver)
{
    SG_LET(const auto asked, flagOf(call.request, u"show_secrets"_s));
    const bool isInClear = asked.value_or(false) && call.caller.isAdmin;
    Value document = toJson(config);
    // Masked before it is opened, so that nothing in clear can slip through.
    SG_LET(Value values,
           isInClear && resolver ? withSecretsOpened(
               config.values,
               [resolver](std::string_view cipher) { return resolver->decrypt(cipher); })
                                 : Result<Value>(withSecretsMasked(
                                     schema ? schema->attributes : Value::map(), config.values)));
    document.set("values", std::move(values));
    return document;
}

void addConfigReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/api/v1/configs"_s,
               [&context](const Call &call) { return configs(context, call); });
    routes.add(
        Verb::Get, u"/api/v1/configs/{ref}"_s, [&context](const Call &call) -> Result<Response> {
            SG_LET(const QString pack, packNamed(context, call.arguments[0]));
            SG_LET(const std::optional<PackConfig> config, context.stores.packs.config(pack));
            if (!config)
                return noSuchPack(call.arguments[0]);
            SG_LET(const Value document, configDocument(context, call, *config));
            return documentResponse(document);
        });
    routes.add(Verb::Get, u"/api/v1/config_schemas"_s,
               [&context](const Call &call) { return configSchemas(context, call); });
    routes.add(Verb::Get, u"/api/v1/config_schemas/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const QString pack, packNamed(context, call.arguments[0]));
                   SG_LET(const std::optional<ConfigSchema> schema,
                          context.stores.packs.configSchema(pack));
                   if (!schema)
                       return noSuchPack(call.arguments[0]);
                   return documentResponse(toJson(*schema));
               });
}

} // namespace stormglass
