#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"
#include "engine/sources/cron_field.h"
#include "engine/sources/time_zone.h"

#include <array>

namespace stormglass {

// When a cron timer fires: at every second whose fields are all allowed, on the wall clock of a
// zone. Times, odd ones around changes of the clock included, are those of APScheduler 3.11.2.
class CronSchedule
{
public:
    // Takes the fields among a timer's parameters; Invalid, kind ValueError.
    static Result<CronSchedule> make(const Value &parameters, TimeZones::Zone zone);

    // The first firing at or after `from`.
    std::optional<Timestamp> from(Timestamp from) const;
    std::optional<Timestamp> after(Timestamp previous) const
    {
        return from(previous + std::chrono::microseconds(1));
    }

    // The time on the wall clock a firing is meant for, if a gap skips it.
    std::optional<std::chrono::local_seconds> skippedTimeOf(Timestamp firing) const;

    const TimeZone &zone() const { return *m_zone; }

private:
    class Search;
    using Fields = std::array<CronField, cronUnitCount>;

    CronSchedule(Fields fields, TimeZones::Zone zone);
    bool allows(std::chrono::local_seconds wall) const;

    Fields m_fields;
    TimeZones::Zone m_zone;
};

} // namespace stormglass
