#pragma once

#include "engine/api/routes.h"
#include "engine/base/clock.h"
#include "engine/expressions/expression.h"
#include "engine/instance/endpoint.h"
#include "engine/pipeline/catalogue.h"
#include "engine/pipeline/parameters.h"
#include "engine/store/stores.h"

namespace stormglass {

// What requests that only read work with. One a reader thread; what it reads is committed. Thread:
// its connection's.
struct ReadContext
{
    ReadContext(Database &database, const Clock &time, const ChangeFeed &changes,
                const Resolver *datastore, const QString &user, FindConfig config)
        : clock(time)
        , stores(database)
        , catalogue(stores.actions, stores.runnerTypes, stores.packs)
        , feed(changes)
        , resolver(datastore)
        , systemUser(user)
        , parameters(datastore, user, std::move(config))
    {
    }

    const Clock &clock;
    Stores stores;
    Catalogue catalogue;
    // For streams: what number the changes have come to.
    const ChangeFeed &feed;
    // Answers `st2kv` in patterns and parameters.
    const Resolver *resolver;
    // Who rules act for.
    QString systemUser;
    Parameters parameters;
};

// Each of these adds one resource's reading requests; the context outlives the routes.
void addContentReads(Routes &routes, ReadContext &context);
void addAliasReads(Routes &routes, ReadContext &context);
void addConfigReads(Routes &routes, ReadContext &context);
void addEventReads(Routes &routes, ReadContext &context);
void addRuleReads(Routes &routes, ReadContext &context);
void addExecutionReads(Routes &routes, ReadContext &context);
void addTraceReads(Routes &routes, ReadContext &context);
void addStreamReads(Routes &routes, ReadContext &context);

// `Resource with a reference or id "x" not found`.
tl::unexpected<Error> notFound(const QString &refOrId);
// The id or the ref a path names: a dot makes it a ref (api.md 2.2).
std::optional<Id> idIn(const QString &refOrId);

} // namespace stormglass
