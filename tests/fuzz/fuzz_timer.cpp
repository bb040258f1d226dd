// uses: engine/sources
#include "engine/sources/timer_schedule.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace stormglass;
using namespace std::chrono;

namespace {

const Timestamp now = sys_days(year(2024) / 2 / 29) + seconds(12'345);

void walk(TimerKind kind, const Value &parameters, TimeZones &zones)
{
    const Result<TimerSchedule> schedule = TimerSchedule::make(kind, parameters, zones, now);
    if (!schedule)
        return;
    std::optional<Timestamp> time = schedule->first(now);
    for (int i = 0; i < 5 && time; ++i) {
        const std::optional<Timestamp> next = schedule->after(*time);
        SG_ASSERT(!next || *next > *time);
        time = next;
    }
}

} // namespace

// The first line is one of the fields of a cron timer, by its number; the second the text of that
// field; the same text is also read as a date and as the name of a zone.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static TimeZones zones(std::make_shared<const TimeZone>(TimeZone::utc()));
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    if (input.empty())
        return 0;
    const auto unit = static_cast<CronUnit>(static_cast<unsigned char>(input[0]) % cronUnitCount);
    const std::string_view text = input.substr(1);
    walk(TimerKind::Cron, Value::map({{nameOf(unit).latin1(), text}}), zones);
    walk(TimerKind::Date, Value::map({{"date", text}}), zones);
    if (text.size() < 100)
        walk(TimerKind::Cron, Value::map({{"hour", 2}, {"timezone", text}}), zones);
    return 0;
}
