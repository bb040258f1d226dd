#pragma once

#include "engine/base/result.h"
#include "engine/instance/request.h"

#include <QStringList>

#include <optional>

namespace stormglass {

// What every list takes (api.md 3.1): `limit`, `offset`. No limit where it is empty.
struct Paging
{
    std::optional<std::int64_t> limit;
    std::int64_t offset = 0;
};

// `fallback`: the endpoint's own default; empty where it gives everything.
Result<Paging> pagingOf(const Request &request, std::optional<std::int64_t> fallback);

// An integer of the query, if given. Invalid where it is no number.
Result<std::optional<std::int64_t>> integerOf(const Request &request, const QString &name);
// true/1/yes/y, false/0/no/n in any case.
Result<std::optional<bool>> flagOf(const Request &request, const QString &name);

// `include_attributes` and `exclude_attributes` (api.md 3.4): the member names kept or dropped.
class Attributes
{
public:
    // `mandatory` stay whatever is included.
    static Result<Attributes> of(const Request &request, const QStringList &mandatory);
    Value applied(const Value &document) const;
    bool wants(const QString &name) const;

private:
    QStringList m_included;
    QStringList m_excluded;
    QStringList m_mandatory;
};

// A list as it is answered: the items, X-Total-Count and X-Limit.
Response listResponse(ValueList items, std::int64_t total, const Paging &paging);
Response documentResponse(Value document, int status = 200);

} // namespace stormglass
