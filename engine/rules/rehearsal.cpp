#include "engine/rules/rehearsal.h"

#include "engine/base/json.h"
#include "engine/rules/fixed_clock.h"

namespace stormglass {

namespace {

Screen screenOf(const Criteria &draft, const Criteria *saved)
{
    Screen screen;
    screen.add(draft);
    if (saved)
        screen.add(*saved);
    return screen;
}

bool answers(Screen::Answer answer, bool isEmptyPayload, const Criteria &criteria)
{
    return answer == Screen::Answer::Holds && (!isEmptyPayload || criteria.isEmpty());
}

} // namespace

Rehearsal::Rehearsal(const Rule &draft, const std::optional<Rule> &saved, const Resolver *resolver)
    : m_draft{Criteria::compile(draft.criteria), draft.isBackstop()}
    , m_saved(saved
                  ? std::optional(Version{Criteria::compile(saved->criteria), saved->isBackstop()})
                  : std::nullopt)
    , m_resolver(resolver)
    , m_screen(screenOf(m_draft.criteria, m_saved ? &m_saved->criteria : nullptr))
    , m_picker(m_screen.places())
{
}

std::vector<RehearsalMark> Rehearsal::take(std::span<const RecordedEvent> events)
{
    std::vector<RehearsalMark> marks;
    for (const RecordedEvent &event : events) {
        if (const auto kind = judge(event))
            marks.push_back({event.triggerInstance, event.occurrence, *kind});
    }
    return marks;
}

std::optional<RehearsalMark::Kind> Rehearsal::judge(const RecordedEvent &event)
{
    ++m_summary.events;
    const Result<Firing> firing = fire(event);
    if (!firing) {
        recordError(event, firing.error());
        return RehearsalMark::Kind::Error;
    }
    const bool isGained = m_saved && firing->draft && !firing->saved;
    const bool isLost = firing->saved && !firing->draft;
    m_summary.firedBefore += firing->saved ? 1 : 0;
    m_summary.gained += isGained ? 1 : 0;
    m_summary.lost += isLost ? 1 : 0;
    if (isLost)
        return RehearsalMark::Kind::Lost;
    if (!firing->draft)
        return std::nullopt;
    countFire(event.occurrence);
    return isGained ? RehearsalMark::Kind::Gained : RehearsalMark::Kind::Fires;
}

Result<Rehearsal::Firing> Rehearsal::fire(const RecordedEvent &event) const
{
    SG_LET(const std::optional<Firing> quick, fireByPlaces(event));
    SG_LET(Firing firing, quick ? Result<Firing>(*quick) : fireByPayload(event));
    firing.draft = firing.draft && !(m_draft.isBackstop && event.othersMatched);
    firing.saved = firing.saved && !(m_saved && m_saved->isBackstop && event.othersMatched);
    return firing;
}

// Reads no more of the payload than the conditions look at. None if that cannot tell.
Result<std::optional<Rehearsal::Firing>> Rehearsal::fireByPlaces(const RecordedEvent &event) const
{
    if (!m_screen.isWhole(0) || (m_saved && !m_screen.isWhole(1)))
        return std::optional<Firing>();
    const Result<JsonPicker::Picked> picked = m_picker.pick(event.payload);
    if (!picked)
        return std::optional<Firing>();
    const FixedClock clock(event.occurrence);
    PlaceMemo memo(picked->values, m_screen.places());
    const Screen::Answer draft = m_screen.ask(0, memo, clock);
    const Screen::Answer saved = m_saved ? m_screen.ask(1, memo, clock) : Screen::Answer::Fails;
    if (draft == Screen::Answer::Unknown || saved == Screen::Answer::Unknown)
        return std::optional<Firing>();
    return std::optional(Firing{answers(draft, picked->isEmpty, m_draft.criteria),
                                m_saved && answers(saved, picked->isEmpty, m_saved->criteria)});
}

Result<Rehearsal::Firing> Rehearsal::fireByPayload(const RecordedEvent &event) const
{
    SG_LET(const Value payload, readJson(event.payload));
    const FixedClock clock(event.occurrence);
    const Facts facts{payload, m_resolver, clock};
    const CriteriaOutcome draft = m_draft.criteria.evaluate(facts);
    if (draft.kind == ConditionAnswer::Kind::Failed || draft.kind == ConditionAnswer::Kind::Broken)
        return failure(draft.failures.back().error);
    return Firing{draft.matches(), m_saved && m_saved->criteria.evaluate(facts).matches()};
}

void Rehearsal::recordError(const RecordedEvent &event, const Error &error)
{
    RehearsalErrors &errors = m_summary.errors[error.kind];
    if (errors.count++ > 0)
        return;
    errors.message = error.message;
    errors.triggerInstance = event.triggerInstance;
}

void Rehearsal::countFire(Timestamp occurrence)
{
    ++m_summary.fires;
    const auto minute = std::chrono::floor<std::chrono::minutes>(occurrence);
    const std::int64_t fires = ++m_firesByMinute[minute.time_since_epoch().count()];
    if (fires <= m_summary.peak)
        return;
    m_summary.peak = fires;
    m_summary.peakMinute = minute;
}

} // namespace stormglass
