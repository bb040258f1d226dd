#include "engine/api/config_documents.h"
#include "engine/api/listing.h"
#include "engine/api/write_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// The body is the values themselves.
Result<Response> configPut(WriteContext &context, const Call &call)
{
    if (!call.request.body.isMap())
        return failure(ErrorCode::Invalid, u"The body must be an object: the values."_s);
    const QString &pack = call.arguments[0];
    SG_TRY(context.registrar.putConfig(pack, call.request.body));
    SG_LET(const std::optional<PackConfig> stored, context.stores.packs.config(pack));
    SG_LET(const std::optional<ConfigSchema> schema, context.stores.packs.configSchema(pack));
    SG_LET(const Value document, shownConfig(call, *stored, schema, &context.resolver));
    return documentResponse(document);
}

} // namespace

void addConfigWrites(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Put, u"/api/v1/configs/{ref}"_s,
               [&context](const Call &call) { return configPut(context, call); });
}

} // namespace stormglass
