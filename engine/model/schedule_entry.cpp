#include "engine/model/schedule_entry.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"

namespace stormglass {

Value toJson(const ScheduleEntry &entry)
{
    static const StatusTexts<ScheduleEntry::Mark, 4> marks({"plain", "shifted", "first", "second"});
    Value json = Value::map({{"ref", entry.ref.text()},
                             {"time", shown(entry.time)},
                             {"local", entry.local},
                             {"mark", marks.text(entry.mark)}});
    setIfAny(json, "trigger", entry.trigger);
    setIfAny(json, "meant", entry.meant);
    return json;
}

Value toJson(const ClockChange &change)
{
    return Value::map({{"time", shown(change.time)},
                       {"offset_before", change.offsetBefore},
                       {"offset_after", change.offsetAfter}});
}

} // namespace stormglass
