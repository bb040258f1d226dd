#pragma once

#include "engine/api/listing.h"
#include "engine/api/read_context.h"

#include <vector>

namespace stormglass {

// Content is some thousand rows at most: read whole, filtered and paged here.
template <typename Noun, typename Wanted>
Result<Response> contentList(const Request &request, const std::vector<Noun> &nouns,
                             std::optional<std::int64_t> fallback, Wanted isWanted,
                             Value (*document)(const Noun &))
{
    SG_LET(const Paging paging, pagingOf(request, fallback));
    SG_LET(const Attributes attributes,
           Attributes::of(request, {QStringLiteral("id"), QStringLiteral("ref")}));
    ValueList items;
    std::int64_t total = 0;
    for (const Noun &noun : nouns) {
        if (!isWanted(noun))
            continue;
        const bool isOnPage = total >= paging.offset
            && (!paging.limit || static_cast<std::int64_t>(items.size()) < *paging.limit);
        ++total;
        if (isOnPage)
            items.push_back(attributes.applied(document(noun)));
    }
    return listResponse(std::move(items), total, paging);
}

// The filters that packs' resources share.
template <typename Noun>
bool matchesCommon(const Request &request, const Noun &noun)
{
    const auto asks = [&](const char *name, const QString &value) {
        const QString wanted = request.queryValue(QLatin1String(name));
        return wanted.isEmpty() || wanted.split(QLatin1Char(',')).contains(value);
    };
    return asks("id", noun.id.text()) && asks("name", noun.ref.name) && asks("pack", noun.ref.pack);
}

// By the id or the ref that a path names.
template <typename Store>
auto findIn(Store &store, const QString &refOrId) -> decltype(store.find(Id()))
{
    if (const auto id = idIn(refOrId))
        return store.find(*id);
    return store.find(Ref::fromText(refOrId));
}

} // namespace stormglass
