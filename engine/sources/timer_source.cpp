#include "engine/sources/timer_source.h"

#include "engine/base/thread_name.h"
#include "engine/base/timestamp.h"
#include "engine/sources/source_log.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace stormglass {

namespace {

// Clocks that differ by less were read at different moments.
constexpr microseconds readingError = 1s;
// No alarm is set for longer, so that a clock that was changed without notice is found out.
constexpr microseconds longestSleep = 60s;
// Set back by less, a wall clock repeats no firing.
constexpr microseconds longestRepeat = 3h;
// A timer that missed more than these makes up for the last one alone then.
constexpr int mostMadeUp = 1'000;
// Missed firings are counted up to here at once.
constexpr int countedAtMost = 10'000;
// The events a source of timers may have on their way.
constexpr std::size_t pendingAtMost = 10'000;

// `2024-06-01 12:00:00.000000+00:00`
Value executedAt(Timestamp time)
{
    std::string text = toIsoText(time);
    text[10] = ' ';
    text.pop_back();
    return Value(text + "+00:00");
}

} // namespace

TimerSource::TimerSource(Surroundings surroundings, TimeZones zones)
    : m_clock(surroundings.clock)
    , m_alarms(surroundings.alarms)
    , m_positions(surroundings.positions)
    , m_zones(std::move(zones))
    , m_events(surroundings.sink, surroundings.alarms, pendingAtMost)
    , m_wallThen(m_clock.now())
    , m_steadyThen(m_clock.instant())
{
    m_events.whenRoom([this] { wake(); });
}

TimerSource::~TimerSource()
{
    if (m_alarm != 0)
        m_alarms.cancel(m_alarm);
}

void TimerSource::set(const TimerSpec &spec)
{
    SG_ON(Io);
    Timer &timer = m_timers[spec.trigger.id];
    const bool isSame = timer.state.type == spec.trigger.type
        && timer.state.parameters == spec.trigger.parameters;
    const bool isKept = timer.state.catchUp != CatchUp::Skip;
    timer.state.trigger = spec.trigger.id;
    timer.state.ref = spec.trigger.ref;
    timer.state.catchUp = spec.catchUp;
    timer.state.grace = spec.grace;
    const Timestamp now = m_clock.now();
    if (!isSame) {
        const bool isNew = timer.state.type.isEmpty();
        timer.state.type = spec.trigger.type;
        timer.state.parameters = spec.trigger.parameters;
        begin(timer, isNew ? spec.cursor : QString(), now);
    } else if (!isKept && spec.catchUp != CatchUp::Skip && !timer.state.lastFired) {
        m_positions.keep(timerSource(spec.trigger.id),
                         TimerCursor{TimerCursor::Kind::Made, now}.text());
    }
    setAlarm();
}

void TimerSource::remove(const Id &trigger)
{
    SG_ON(Io);
    const auto timer = m_timers.find(trigger);
    if (timer == m_timers.end())
        return;
    setNext(timer->second, std::nullopt);
    m_timers.erase(timer);
    m_positions.forget(timerSource(trigger));
    setAlarm();
}

void TimerSource::begin(Timer &timer, const QString &cursor, Timestamp now)
{
    TimerState &state = timer.state;
    setNext(timer, std::nullopt);
    timer.schedule.reset();
    timer.madeUp = 0;
    state.fault.clear();
    state.lastFired.reset();
    const std::optional<TimerKind> kind = timerKindOf(state.type);
    Result<TimerSchedule> schedule = kind
        ? TimerSchedule::make(*kind, state.parameters, m_zones, now)
        : failure(ErrorCode::Invalid, u"%1 is no timer"_s.arg(state.type.text()));
    if (!schedule) {
        state.fault = schedule.error().message;
        qCWarning(sourcesLog).noquote()
            << "timer" << state.ref.text() << "cannot fire:" << state.fault;
        return;
    }
    if (const std::optional<TimerCursor> known = TimerCursor::fromText(cursor);
        known && known->kind == TimerCursor::Kind::Fired)
        state.lastFired = known->time;
    timer.schedule = std::move(*schedule);
    state.timezone = timer.schedule->zone().name();
    setNext(timer, firstDue(timer, cursor, now));
    if (!state.next && !state.lastFired)
        qCWarning(sourcesLog).noquote()
            << "timer" << state.ref.text() << "never fires: its time is past";
}

std::optional<Timestamp> TimerSource::firstDue(const Timer &timer, const QString &cursor,
                                               Timestamp now)
{
    const std::optional<TimerCursor> known = TimerCursor::fromText(cursor);
    if (timer.state.catchUp == CatchUp::Skip)
        return timer.schedule->first(now);
    if (!known) {
        m_positions.keep(timerSource(timer.state.trigger),
                         TimerCursor{TimerCursor::Kind::Made, now}.text());
        return timer.schedule->first(now);
    }
    return known->kind == TimerCursor::Kind::Made ? timer.schedule->first(known->time)
                                                  : timer.schedule->after(known->time);
}

void TimerSource::setNext(Timer &timer, std::optional<Timestamp> next)
{
    if (timer.state.next)
        m_due.erase({*timer.state.next, timer.state.trigger});
    timer.state.next = next;
    if (next)
        m_due.insert({*next, timer.state.trigger});
}

void TimerSource::setAlarm()
{
    if (m_alarm != 0)
        m_alarms.cancel(std::exchange(m_alarm, 0));
    // Events that find no room are looked at again when there is.
    if (m_due.empty() || m_events.isFull())
        return;
    const microseconds delay
        = std::clamp(m_due.begin()->first - m_clock.now(), microseconds(0), longestSleep);
    m_alarm = m_alarms.after(delay, [this] {
        m_alarm = 0;
        wake();
    });
}

void TimerSource::clockChanged()
{
    SG_ON(Io);
    wake();
}

void TimerSource::wake()
{
    SG_ON(Io);
    followClock();
    const Timestamp now = m_clock.now();
    // Each that is due is served once and may be due again at once: the alarm comes back for it,
    // and the loop can breathe in between.
    std::vector<Id> due;
    for (auto next = m_due.begin(); next != m_due.end() && next->first <= now; ++next)
        due.push_back(next->second);
    for (const Id &trigger : due) {
        if (m_events.isFull())
            break;
        serve(m_timers.at(trigger), now);
    }
    setAlarm();
}

// The wall clock and the steady one go apart when somebody sets the wall clock. Forwards that is
// time that has passed, as it is when the machine slept; backwards it must not be waited for twice.
void TimerSource::followClock()
{
    const Timestamp wall = m_clock.now();
    const Instant steady = m_clock.instant();
    const auto drift
        = (wall - m_wallThen) - std::chrono::duration_cast<microseconds>(steady - m_steadyThen);
    m_wallThen = wall;
    m_steadyThen = steady;
    if (drift > -readingError)
        return;
    qCInfo(sourcesLog) << "the wall clock was set back by" << -drift / 1s
                       << "seconds: timers follow";
    for (auto &[trigger, timer] : m_timers) {
        if (timer.state.next)
            moveBack(timer, drift);
    }
}

void TimerSource::moveBack(Timer &timer, microseconds drift)
{
    switch (timer.schedule->kind()) {
    case TimerKind::Interval:
        setNext(timer, *timer.state.next + drift);
        break;
    case TimerKind::Cron:
        if (-drift > longestRepeat)
            setNext(timer, timer.schedule->first(m_wallThen));
        break;
    case TimerKind::Date:
        break;
    }
}

void TimerSource::serve(Timer &timer, Timestamp now)
{
    const Timestamp due = *timer.state.next;
    if (timer.state.catchUp == CatchUp::All && timer.madeUp < mostMadeUp) {
        const bool isLate = now - due > timer.state.grace;
        timer.madeUp = isLate ? timer.madeUp + 1 : 0;
        setNext(timer, timer.schedule->after(due));
        return fire(timer, due, isLate ? due : now);
    }
    serveLatest(timer, now);
}

// Of several that are overdue only the last one counts.
void TimerSource::serveLatest(Timer &timer, Timestamp now)
{
    TimerState &state = timer.state;
    const Timestamp due = *state.next;
    const Timestamp last = timer.schedule->latest(due, now);
    setNext(timer, timer.schedule->after(last));
    if (last != due) {
        state.missed += timer.schedule->count(due, last, countedAtMost);
        state.lastMissed = timer.schedule->latest(due, last - microseconds(1));
    }
    const bool isLate = now - last > timer.state.grace;
    if (!isLate)
        timer.madeUp = 0;
    if (!isLate || state.catchUp != CatchUp::Skip)
        return fire(timer, last, isLate ? last : now);

    ++state.missed;
    state.lastMissed = last;
    qCWarning(sourcesLog).noquote()
        << "timer" << state.ref.text() << "was late and skipped its firing of"
        << QString::fromStdString(toIsoText(last));
}

void TimerSource::fire(Timer &timer, Timestamp due, Timestamp executed)
{
    TimerState &state = timer.state;
    ++state.fired;
    state.lastFired = due;
    Event event;
    event.triggerId = state.trigger;
    event.trigger = state.ref;
    event.payload = Value::map({{"executed_at", executedAt(executed)}, {"schedule", nullptr}});
    event.traceTag = state.type.name + u'-' + state.ref.name;
    event.source = timerSource(state.trigger);
    event.cursor = TimerCursor{TimerCursor::Kind::Fired, due}.text();
    m_events.put(std::move(event));
}

std::vector<TimerState> TimerSource::states() const
{
    std::vector<TimerState> states;
    states.reserve(m_timers.size());
    for (const auto &[trigger, timer] : m_timers)
        states.push_back(timer.state);
    return states;
}

std::optional<TimerState> TimerSource::state(const Id &trigger) const
{
    const auto timer = m_timers.find(trigger);
    return timer == m_timers.end() ? std::nullopt : std::optional(timer->second.state);
}

} // namespace stormglass
