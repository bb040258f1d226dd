#include "engine/sources/trigger_check.h"

#include "engine/sources/timer_schedule.h"

namespace stormglass {

Result<> checkTriggerParameters(const Ref &triggerType, const Value &parameters, Timestamp now)
{
    if (timerKindOf(triggerType) != TimerKind::Cron || parameters.entriesOrNone().isEmpty())
        return {};
    TimeZones zones;
    SG_TRY(TimerSchedule::make(TimerKind::Cron, parameters, zones, now));
    return {};
}

} // namespace stormglass
