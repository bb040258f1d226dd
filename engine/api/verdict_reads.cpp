#include "engine/api/verdict_reads.h"

#include "engine/api/listing.h"
#include "engine/api/verdict_documents.h"
#include "engine/rules/fixed_clock.h"
#include "engine/schema/payload_masking.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::int64_t mostAtOnce = 1'000;

bool isJudged(const TriggerInstance &instance)
{
    return instance.status == TriggerInstanceStatus::Processed
        || instance.status == TriggerInstanceStatus::ProcessingFailed;
}

// An id begins with the second in which it was made.
bool wasMadeAfter(const Id &id, Timestamp moment)
{
    std::int64_t made = 0;
    for (std::size_t i = 0; i < 4; ++i)
        made = made << 8 | id.bytes()[i];
    return made > std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
}

// Which come first: what fired, then what nearly did, then what was not asked.
int rankOf(VerdictKind kind)
{
    switch (kind) {
    case VerdictKind::Matched:
    case VerdictKind::Observed:
    case VerdictKind::Held:
    case VerdictKind::ActionMissing:
    case VerdictKind::ParametersFailed:
        return 0;
    case VerdictKind::Error:
        return 1;
    case VerdictKind::NotMatched:
        return 2;
    case VerdictKind::NotNeeded:
        return 3;
    case VerdictKind::Disabled:
        return 4;
    }
    return 4;
}

// Of the rules whose verdicts were dropped by retention, or never kept because there were many.
Result<> addComputed(ReadContext &context, const TriggerInstance &instance,
                     std::vector<VerdictEntry> &entries)
{
    SG_LET(const std::vector<Rule> rules, context.stores.rules.ofTrigger(instance.triggerId));
    QSet<Id> kept;
    for (const VerdictEntry &entry : entries)
        kept.insert(entry.verdict.rule);
    RuleSet set;
    for (const Rule &rule : rules) {
        if (!wasMadeAfter(rule.id, instance.occurrence))
            set.put(rule);
    }
    const FixedClock clock(instance.occurrence);
    for (Verdict &verdict : set.judge(instance, context.resolver, clock).verdicts()) {
        if (!kept.contains(verdict.rule))
            entries.push_back({.verdict = std::move(verdict), .isComputedAgain = true});
    }
    return {};
}

Result<std::vector<VerdictEntry>> entriesOf(ReadContext &context, const TriggerInstance &instance)
{
    SG_LET(std::vector<Verdict> kept, context.stores.verdicts.of(instance.id));
    std::vector<VerdictEntry> entries;
    for (Verdict &verdict : kept)
        entries.push_back({.verdict = std::move(verdict)});
    if (isJudged(instance) && static_cast<int>(entries.size()) < instance.candidates)
        SG_TRY(addComputed(context, instance, entries));
    std::stable_sort(entries.begin(), entries.end(),
                     [](const VerdictEntry &a, const VerdictEntry &b) {
                         return rankOf(a.verdict.kind) < rankOf(b.verdict.kind);
                     });
    return entries;
}

} // namespace

Result<Value> payloadSchemaOf(ReadContext &context, const TriggerInstance &instance)
{
    SG_LET(const std::optional<Trigger> trigger, context.stores.triggers.find(instance.triggerId));
    SG_LET(const std::optional<TriggerType> type,
           context.stores.triggers.type(trigger ? trigger->type : instance.trigger));
    return type ? type->payloadSchema : Value::map();
}

Result<Response> verdictsOf(ReadContext &context, const TriggerInstance &instance,
                            const Request &request)
{
    SG_LET(Paging paging, pagingOf(request, 100));
    paging.limit = std::min(paging.limit.value_or(mostAtOnce), mostAtOnce);
    SG_LET(std::vector<VerdictEntry> entries, entriesOf(context, instance));
    SG_LET(const Value schema, payloadSchemaOf(context, instance));
    const Value shown = withPayloadMasked(schema, instance.payload);
    const VerdictSetting setting{instance, shown, context.resolver};
    const auto total = static_cast<std::int64_t>(entries.size());
    ValueList items;
    for (std::int64_t i = paging.offset; i < std::min(total, paging.offset + *paging.limit); ++i) {
        VerdictEntry &entry = entries[static_cast<std::size_t>(i)];
        SG_LET(entry.rule, context.stores.rules.find(entry.verdict.rule));
        items.push_back(verdictDocument(entry, setting));
    }
    return listResponse(std::move(items), total, paging);
}

} // namespace stormglass
