#pragma once

#include "engine/api/read_context.h"
#include "engine/model/rehearsal_report.h"
#include "engine/rules/rehearsal.h"
#include "engine/rules/rule_set.h"

namespace stormglass {

// What is to be rehearsed, worked out from a request.
struct RehearsalOrder
{
    // As it begins: id, rule, window, what is worth knowing.
    RehearsalReport report = {};
    Rule draft = {};
    std::optional<Rule> saved = {};
    // Whose events; null if there is no such trigger yet.
    Id trigger = {};
    Value payloadSchema = Value::map();
    // Not more events than this, the newest.
    std::int64_t limit = 0;
    // Of each kind; and for how many of those that fire the action's parameters are worked out.
    std::size_t marks = 0;
    std::size_t rendered = 0;
};

// One rehearsal at work on recorded events, newest first, a slice at a time in bounded memory.
// Thread: its context's.
class RehearsalRun
{
public:
    RehearsalRun(ReadContext &context, RehearsalOrder order);

    // Goes on for about as long; false once all events were looked at.
    Result<bool> step(std::chrono::milliseconds time);
    // So far.
    RehearsalReport report();

private:
    Result<> begin();
    Result<> gatherOthers();
    void take(const TriggerInstanceStore::Recorded &event);
    bool isMatchedByOthers(const TriggerInstanceStore::Recorded &event) const;
    void keep(RehearsalMark mark, std::string_view payload);
    void countIn(const RehearsalMark &mark);
    void explainNearMiss(const TriggerInstanceStore::Recorded &event);
    void render(RehearsalMark &mark, const Value &payload);
    Result<Value> parametersFor(const RehearsalMark &mark, const CatalogueEntry &action,
                                const Value &payload) const;
    Value shownPayload(const Value &payload) const;

    ReadContext &m_context;
    RehearsalOrder m_order;
    Rehearsal m_rehearsal;
    Criteria m_criteria;
    bool m_hasSecrets;
    // The rules whose match would leave a backstop nothing to do; only where one is rehearsed.
    RuleSet m_others;
    bool m_needsOthers = false;
    bool m_hasBegun = false;
    TimeWindow m_window;
    std::optional<SliceKey> m_after;
    Timestamp m_oldest = {};
    std::vector<RehearsalBucket> m_buckets;
    std::array<std::size_t, 4> m_keptByKind{};
    std::size_t m_rendered = 0;
};

} // namespace stormglass
