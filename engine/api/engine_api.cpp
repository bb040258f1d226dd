#include "engine/api/listing.h"
#include "engine/api/write_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Response indexDocument()
{
    return documentResponse(Value::map({{"version", "3.10dev"},
                                        {"docs_url", "http://docs.stackstorm.com/latest"},
                                        {"stormglass", Value::map({{"version", SG_VERSION}})}}));
}

Response userDocument(const Caller &caller)
{
    return documentResponse(Value::map(
        {{"username", caller.user},
         {"authentication", Value::map({{"method", caller.method}, {"location", caller.location}})},
         {"rbac",
          Value::map(
              {{"enabled", false}, {"roles", Value::list()}, {"is_admin", caller.isAdmin}})}}));
}

} // namespace

void addEngineRequests(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Get, u"/api/v1"_s,
               [](const Call &) -> Result<Response> { return indexDocument(); });
    routes.add(Verb::Get, u"/api/v1/user"_s,
               [](const Call &call) -> Result<Response> { return userDocument(call.caller); });
    // Ours: what is kept how long, what went, and to have it go now.
    routes.add(Verb::Get, u"/api/v1/engine/retention"_s,
               [&context](const Call &) -> Result<Response> {
                   return documentResponse(context.retention());
               });
    routes.add(Verb::Post, u"/api/v1/engine/retention/run"_s,
               [&context](const Call &) -> Result<Response> {
                   context.removeOld();
                   return documentResponse(context.retention(), 202);
               });
    // Ours: what the Now page shows at once.
    routes.add(Verb::Get, u"/api/v1/stats"_s, [&context](const Call &) -> Result<Response> {
        return documentResponse(context.stats());
    });
}

} // namespace stormglass
