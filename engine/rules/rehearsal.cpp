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

std::optional<std::size_t> onlyFailing(const Criteria &criteria, const Facts &facts)
{
    const std::vector<ConditionAnswer> answers = criteria.evaluateAll(facts);
    std::optional<std::size_t> failing;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].kind == ConditionAnswer::Kind::Holds)
            continue;
        if (failing)
            return std::nullopt;
        failing = i;
    }
    return failing;
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
    , m_heldBackBy(m_draft.criteria.size())
{
}

std::vector<RehearsalMark> Rehearsal::take(std::span<const RecordedEvent> events)
{
    std::vector<RehearsalMark> marks;
    for (const RecordedEvent &event : events) {
        if (std::optional<RehearsalMark> mark = take(event).mark)
            marks.push_back(*std::move(mark));
    }
    return marks;
}

Rehearsal::Taken Rehearsal::take(const RecordedEvent &event)
{
    ++m_summary.events;
    const Result<Firing> firing = fire(event);
    if (!firing) {
        recordError(event, firing.error());
        return {.mark = RehearsalMark{.triggerInstance = event.triggerInstance,
                                      .occurrence = event.occurrence,
                                      .kind = RehearsalMark::Kind::Error,
                                      .message = firing.error().message}};
    }
    if (firing->heldBackBy) {
        ++m_summary.nearMisses;
        ++m_heldBackBy[*firing->heldBackBy];
    }
    Taken taken{.heldBackBy = firing->heldBackBy};
    if (const auto kind = count(*firing, event))
        taken.mark = RehearsalMark{.triggerInstance = event.triggerInstance,
                                   .occurrence = event.occurrence,
                                   .kind = *kind};
    return taken;
}

const RehearsalSummary &Rehearsal::summary()
{
    for (std::size_t i = 0; i < m_heldBackBy.size(); ++i) {
        if (m_heldBackBy[i] > 0)
            m_summary.heldBackBy[m_draft.criteria.key(i)] = m_heldBackBy[i];
    }
    return m_summary;
}

std::optional<RehearsalMark::Kind> Rehearsal::count(const Firing &firing,
                                                    const RecordedEvent &event)
{
    const bool isGained = m_saved && firing.draft && !firing.saved;
    const bool isLost = firing.saved && !firing.draft;
    m_summary.firedBefore += firing.saved ? 1 : 0;
    m_summary.gained += isGained ? 1 : 0;
    m_summary.lost += isLost ? 1 : 0;
    if (isLost)
        return RehearsalMark::Kind::Lost;
    if (!firing.draft)
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
    const Screen::Close draft = m_screen.askClosely(0, memo, clock);
    const Screen::Answer saved = m_saved ? m_screen.ask(1, memo, clock) : Screen::Answer::Fails;
    if (draft.answer == Screen::Answer::Unknown || saved == Screen::Answer::Unknown)
        return std::optional<Firing>();
    return std::optional(Firing{answers(draft.answer, picked->isEmpty, m_draft.criteria),
                                m_saved && answers(saved, picked->isEmpty, m_saved->criteria),
                                picked->isEmpty ? std::nullopt : draft.onlyFailing});
}

Result<Rehearsal::Firing> Rehearsal::fireByPayload(const RecordedEvent &event) const
{
    SG_LET(const Value payload, readJson(event.payload));
    const FixedClock clock(event.occurrence);
    const Facts facts{payload, m_resolver, clock};
    const CriteriaOutcome draft = m_draft.criteria.evaluate(facts);
    if (draft.kind == ConditionAnswer::Kind::Failed || draft.kind == ConditionAnswer::Kind::Broken)
        return failure(draft.failures.back().error);
    return Firing{draft.matches(), m_saved && m_saved->criteria.evaluate(facts).matches(),
                  draft.condition ? onlyFailing(m_draft.criteria, facts) : std::nullopt};
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
