#include "engine/api/rehearsal_run.h"

#include "engine/base/json.h"
#include "engine/pipeline/rule_context.h"
#include "engine/rules/explanation.h"
#include "engine/rules/fixed_clock.h"
#include "engine/schema/masking.h"
#include "engine/schema/payload_masking.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::size_t nearMissesShown = 5;
constexpr std::int64_t bucketsAtMost = 240;
constexpr int eventsAtOnce = 500;

bool firesAtAll(const RehearsalMark &mark)
{
    return mark.kind == RehearsalMark::Kind::Fires || mark.kind == RehearsalMark::Kind::Gained;
}

QString secretMessage()
{
    return u"What it looked at may be secret, so the error is not shown."_s;
}

// What comes from a secret of the datastore or of a configuration is masked for good.
Value shownOnly(const Value &value)
{
    return readJson(writeJson(value, {.maskSecrets = true})).value_or(Value(maskedText));
}

std::chrono::seconds widthFor(Timestamp oldest, Timestamp newest)
{
    const auto span = std::chrono::ceil<std::chrono::seconds>(newest - oldest);
    return std::max(std::chrono::seconds(1), span / bucketsAtMost + std::chrono::seconds(1));
}

} // namespace

RehearsalRun::RehearsalRun(ReadContext &context, RehearsalOrder order)
    : m_context(context)
    , m_order(std::move(order))
    , m_rehearsal(m_order.draft, m_order.saved, context.resolver)
    , m_criteria(Criteria::compile(m_order.draft.criteria))
    , m_hasSecrets(hasSecrets(m_order.payloadSchema["properties"]))
{
}

Result<bool> RehearsalRun::step(std::chrono::milliseconds time)
{
    if (!m_hasBegun)
        SG_TRY(begin());
    const Instant end = m_context.clock.instant() + time;
    bool hasMore = m_rehearsal.summary().events < m_order.report.total;
    while (hasMore) {
        const std::int64_t left = m_order.report.total - m_rehearsal.summary().events;
        SliceRequest slice;
        slice.limit = static_cast<int>(std::min<std::int64_t>(eventsAtOnce, left));
        slice.after = m_after;
        SG_LET(m_after,
               m_context.stores.triggerInstances.visit(
                   m_order.trigger, m_window, slice,
                   [this](const TriggerInstanceStore::Recorded &event) { take(event); }));
        hasMore = m_after && m_rehearsal.summary().events < m_order.report.total;
        if (m_context.clock.instant() >= end)
            break;
    }
    return hasMore;
}

Result<> RehearsalRun::begin()
{
    m_hasBegun = true;
    if (m_order.trigger.isNull())
        return {};
    RehearsalReport &report = m_order.report;
    // What comes in meanwhile is not looked at.
    m_window = {report.from.value_or(Timestamp::min()), report.to.value_or(report.started)};
    SG_LET(const TriggerInstanceStore::Extent extent,
           m_context.stores.triggerInstances.extent(m_order.trigger, m_window));
    report.total = std::min(extent.number, m_order.limit);
    m_oldest = report.from.value_or(extent.oldest);
    report.bucketWidth = widthFor(m_oldest, report.to.value_or(extent.newest));
    m_buckets.resize(bucketsAtMost + 1);
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        m_buckets[i].begin = m_oldest + report.bucketWidth * static_cast<std::int64_t>(i);
    return gatherOthers();
}

Result<> RehearsalRun::gatherOthers()
{
    m_needsOthers = m_order.draft.isBackstop() || (m_order.saved && m_order.saved->isBackstop());
    if (!m_needsOthers)
        return {};
    SG_LET(const std::vector<Rule> rules, m_context.stores.rules.ofTrigger(m_order.trigger));
    for (const Rule &rule : rules) {
        if (rule.state == RuleState::Enabled && !rule.isBackstop() && rule.ref != m_order.draft.ref)
            m_others.put(rule);
    }
    return {};
}

bool RehearsalRun::isMatchedByOthers(const TriggerInstanceStore::Recorded &event) const
{
    Result<Value> payload = readJson(event.payload);
    if (!payload)
        return false;
    TriggerInstance instance;
    instance.id = event.id;
    instance.triggerId = m_order.trigger;
    instance.payload = *std::move(payload);
    const FixedClock clock(event.occurrence);
    return !m_others.judge(instance, m_context.resolver, clock).toEnforce().empty();
}

void RehearsalRun::take(const TriggerInstanceStore::Recorded &event)
{
    const bool othersMatched = m_needsOthers && isMatchedByOthers(event);
    Rehearsal::Taken taken
        = m_rehearsal.take({event.id, event.occurrence, event.payload, othersMatched});
    if (taken.mark)
        keep(*std::move(taken.mark), event.payload);
    else if (taken.heldBackBy && m_order.report.nearMisses.size() < nearMissesShown)
        explainNearMiss(event);
}

void RehearsalRun::keep(RehearsalMark mark, std::string_view payload)
{
    countIn(mark);
    std::size_t &kept = m_keptByKind[static_cast<std::size_t>(mark.kind)];
    if (kept >= m_order.marks)
        return;
    ++kept;
    if (m_hasSecrets && !mark.message.isEmpty())
        mark.message = secretMessage();
    if (firesAtAll(mark) && m_rendered < m_order.rendered) {
        ++m_rendered;
        const Result<Value> read = readJson(payload);
        if (read)
            render(mark, *read);
    }
    m_order.report.marks.push_back(std::move(mark));
}

void RehearsalRun::countIn(const RehearsalMark &mark)
{
    const auto place = (mark.occurrence - m_oldest) / m_order.report.bucketWidth;
    const auto last = static_cast<std::int64_t>(m_buckets.size()) - 1;
    RehearsalBucket &bucket
        = m_buckets[static_cast<std::size_t>(std::clamp<std::int64_t>(place, 0, last))];
    bucket.fires += firesAtAll(mark) ? 1 : 0;
    bucket.gained += mark.kind == RehearsalMark::Kind::Gained ? 1 : 0;
    bucket.lost += mark.kind == RehearsalMark::Kind::Lost ? 1 : 0;
    bucket.errors += mark.kind == RehearsalMark::Kind::Error ? 1 : 0;
}

void RehearsalRun::explainNearMiss(const TriggerInstanceStore::Recorded &event)
{
    const Result<Value> payload = readJson(event.payload);
    if (!payload)
        return;
    const FixedClock clock(event.occurrence);
    const std::optional<Explanation> explanation
        = explain(m_criteria, {*payload, m_context.resolver, clock}, shownPayload(*payload));
    if (explanation)
        m_order.report.nearMisses.push_back(
            {event.id, event.occurrence, explanation->criterion, explanation->sentence});
}

void RehearsalRun::render(RehearsalMark &mark, const Value &payload)
{
    // A draft without an action yet.
    if (m_order.draft.action.name.isEmpty())
        return;
    const Result<CatalogueEntryPointer> action = m_context.catalogue.find(m_order.draft.action);
    if (!action) {
        mark.message = action.error().message;
        return;
    }
    const Result<Value> parameters = parametersFor(mark, **action, payload);
    if (!parameters) {
        mark.message = m_hasSecrets ? secretMessage() : parameters.error().message;
        return;
    }
    // Rendered from what may be shown; that can fail where the secret itself would not.
    const Result<Value> shown
        = m_hasSecrets ? parametersFor(mark, **action, shownPayload(payload)) : parameters;
    mark.parameters
        = shown ? shownOnly(withSecretsMasked((*action)->parameters, *shown)) : Value(maskedText);
}

Result<Value> RehearsalRun::parametersFor(const RehearsalMark &mark, const CatalogueEntry &action,
                                          const Value &payload) const
{
    const Value context
        = contextOfRule(m_order.draft, mark.triggerInstance, Trace(), m_context.systemUser);
    return m_context.parameters.requested(action, m_order.draft.actionParameters, context,
                                          Value::map({{"trigger", payload}}));
}

Value RehearsalRun::shownPayload(const Value &payload) const
{
    return m_hasSecrets ? withPayloadMasked(m_order.payloadSchema, payload) : payload;
}

RehearsalReport RehearsalRun::report()
{
    RehearsalReport report = m_order.report;
    report.summary = m_rehearsal.summary();
    for (auto &[kind, errors] : report.summary.errors) {
        if (m_hasSecrets)
            errors.message = secretMessage();
    }
    for (const RehearsalBucket &bucket : m_buckets) {
        if (bucket.fires + bucket.lost + bucket.errors > 0)
            report.timeline.push_back(bucket);
    }
    return report;
}

} // namespace stormglass
