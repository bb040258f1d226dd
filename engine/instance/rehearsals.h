#pragma once

#include "engine/instance/change.h"
#include "engine/model/rehearsal_report.h"

namespace stormglass {

// What a person wants to see a draft rule do: the body of `POST /rules/rehearse`.
struct RehearsalWish
{
    // As it would be saved; may still lack a name and an action.
    Value rule = Value::map();
    std::optional<Timestamp> from = {};
    std::optional<Timestamp> to = {};
    // Of the newest events, no more than this.
    std::optional<std::int64_t> limit = {};
};

// Paths without the prefix `/api/v1`.
QString rehearsalsPath();
QString rehearsalPath(const Id &rehearsal);
Value toJson(const RehearsalWish &wish);

// How far a rehearsal has come, without its marks; none if the change is about something else.
std::optional<RehearsalReport> rehearsalIn(const Change &change);

} // namespace stormglass
