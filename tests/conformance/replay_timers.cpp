#include "tests/conformance/corpus_kinds.h"

#include "engine/base/date_text.h"
#include "engine/base/timestamp.h"
#include "engine/sources/timer_schedule.h"

namespace stormglass {

namespace {

constexpr std::size_t timesRecorded = 10;

Result<Timestamp> instantFrom(std::string_view text)
{
    SG_LET(const DateTimeValue date, readDateText(text, {}));
    return fromMicroseconds(date.wallMicroseconds) - std::chrono::seconds(date.offsetSeconds);
}

TimerKind kindOf(std::string_view name)
{
    if (name == "interval")
        return TimerKind::Interval;
    return name == "date" ? TimerKind::Date : TimerKind::Cron;
}

// Whether it was scheduled, and when it fires, in UTC.
Result<Value> firingsOf(const Value &recorded)
{
    const TimerKind kind = kindOf(recorded["timer"].text());
    SG_LET(const Timestamp start, instantFrom(recorded["start"].text()));
    SG_LET(TimeZones::Zone host, TimeZones().named(recorded["local_timezone"].toQString()));
    TimeZones zones(std::move(host));
    SG_LET(const TimerSchedule schedule,
           TimerSchedule::make(kind, recorded["parameters"], zones, start));
    std::optional<Timestamp> time = schedule.first(start);
    // A cron timer that never fires counts as scheduled there, a date that is past does not.
    const bool isScheduled = time || kind == TimerKind::Cron;
    Value times = Value::list();
    for (; time && times.items().size() < timesRecorded; time = schedule.after(*time))
        times.append(toIsoText(*time));
    return Value::map({{"scheduled", isScheduled}, {"fire_times", times}});
}

// The same form of what was recorded, where times are written in more ways.
Value expectedOf(const Value &expect)
{
    const Value *const value = expect.find("value");
    if (!value)
        return expect;
    Value times = Value::list();
    for (const Value &time : (*value)["fire_times"].itemsOrNone())
        times.append(toIsoText(instantFrom(time["utc"].text()).value_or(Timestamp())));
    return Value::map(
        {{"value", Value::map({{"scheduled", (*value)["scheduled"]}, {"fire_times", times}})}});
}

} // namespace

CaseVerdict replayTimers(const Value &recorded)
{
    return judged(expectedOf(recorded["expect"]), firingsOf(recorded));
}

} // namespace stormglass
