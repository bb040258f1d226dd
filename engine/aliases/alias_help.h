#pragma once

#include "engine/base/result.h"
#include "engine/model/action_alias.h"

#include <vector>

namespace stormglass {

// Which help is asked for (events.md 12.3).
struct HelpRequest
{
    // A pack's; every pack's if empty.
    QString pack = {};
    // An expression looked for in what is displayed, whatever its case; empty finds everything.
    QString filter = {};
    // 0: all.
    std::int64_t limit = 0;
    std::int64_t offset = 0;
};

// `{available, helpstrings: [{pack, display, description}]}`: one for each format of an enabled
// alias that displays something. Invalid where the filter is no expression. Thread: any.
Result<Value> helpStrings(const std::vector<ActionAlias> &aliases, const HelpRequest &request);

} // namespace stormglass
