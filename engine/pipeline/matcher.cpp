#include "engine/pipeline/matcher.h"

#include "engine/pipeline/change_documents.h"
#include "engine/schema/payload_masking.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// With more rules on a trigger, those that plainly failed a condition are left out: their verdicts
// are made again when somebody asks, and an event costs the same however many there are.
constexpr std::size_t keptWhole = 64;

std::vector<Verdict> verdictsToKeep(const Judgement &judgement)
{
    return judgement.candidates() <= keptWhole ? judgement.verdicts() : judgement.notableVerdicts();
}

} // namespace

Matcher::Matcher(const Clock &clock, IdGenerator &ids, Stores &stores, const TriggerIndex &triggers,
                 const RuleSet &rules, const Resolver *resolver, FreshRows &fresh, MessageBus &bus,
                 ChangeSink &changes)
    : m_clock(clock)
    , m_ids(ids)
    , m_stores(stores)
    , m_triggers(triggers)
    , m_rules(rules)
    , m_resolver(resolver)
    , m_fresh(fresh)
    , m_bus(bus)
    , m_changes(changes)
{
}

Result<> Matcher::take(const Id &id)
{
    std::optional<TriggerInstance> instance = m_fresh.takeInstance(id);
    if (!instance) {
        SG_LET(instance, m_stores.triggerInstances.claim(id));
    }
    if (!instance)
        return {}; // taken before a restart

    const Judgement judgement = m_rules.judge(*instance, m_resolver, m_clock);
    std::vector<Verdict> verdicts = verdictsToKeep(judgement);
    SG_TRY(keepFailures(judgement, *instance));
    SG_TRY(enforce(judgement, *instance, verdicts));
    if (!verdicts.empty())
        SG_TRY(m_stores.verdicts.add(id, m_clock.now(), verdicts));

    instance->status = judgement.refusal() ? TriggerInstanceStatus::ProcessingFailed
                                           : TriggerInstanceStatus::Processed;
    instance->candidates = static_cast<int>(judgement.candidates());
    instance->matched = static_cast<int>(judgement.matched());
    SG_TRY(m_stores.triggerInstances.move(*instance, TriggerInstanceStatus::Pending));
    tell(*instance, verdicts);
    return {};
}

Result<> Matcher::fail(const Id &id, const Error &)
{
    SG_LET(std::optional<TriggerInstance> instance, m_stores.triggerInstances.claim(id));
    if (!instance)
        return {};
    instance->status = TriggerInstanceStatus::ProcessingFailed;
    SG_TRY(m_stores.triggerInstances.move(*instance, TriggerInstanceStatus::Pending));
    tell(*instance, {});
    return {};
}

Result<std::vector<Id>> Matcher::waiting(int most)
{
    return m_stores.triggerInstances.waiting(TriggerInstanceStatus::Pending, most);
}

// What StackStorm records of conditions that could not be answered.
Result<> Matcher::keepFailures(const Judgement &judgement, const TriggerInstance &instance)
{
    for (const Judgement::Failure &each : judgement.failures()) {
        Enforcement enforcement = enforcementOf(each.rule->rule, instance);
        enforcement.status = EnforcementStatus::Failed;
        enforcement.failureReason
            = each.failure.reason(each.rule->rule.ref.text(), instance.id.text());
        SG_TRY(m_stores.enforcements.add(enforcement));
    }
    return {};
}

Result<> Matcher::enforce(const Judgement &judgement, const TriggerInstance &instance,
                          std::vector<Verdict> &verdicts)
{
    // Both are in the order of the rules.
    auto verdict = verdicts.begin();
    for (const CompiledRulePointer &each : judgement.toEnforce()) {
        const Enforcement enforcement = enforcementOf(each->rule, instance);
        SG_TRY(m_stores.enforcements.add(enforcement));
        m_fresh.put({enforcement, instance});
        m_bus.ring(Topic::EnforcementPending, enforcement.id);
        verdict = std::find_if(verdict, verdicts.end(), [&](const Verdict &candidate) {
            return candidate.rule == each->rule.id;
        });
        if (verdict != verdicts.end())
            verdict->enforcement = enforcement.id;
    }
    return {};
}

void Matcher::tell(const TriggerInstance &instance, const std::vector<Verdict> &verdicts)
{
    m_changes.tell(u"st2.triggerinstance__create"_s, [&] {
        Value document = triggerInstanceDocument(instance, verdicts);
        const TriggerPointer trigger = m_triggers.find(instance.triggerId);
        if (const TriggerType *type = trigger ? m_triggers.type(trigger->type) : nullptr)
            document.set("payload", withPayloadMasked(type->payloadSchema, instance.payload));
        return document;
    });
}

Enforcement Matcher::enforcementOf(const Rule &rule, const TriggerInstance &instance)
{
    Enforcement enforcement;
    enforcement.id = m_ids.make();
    enforcement.triggerInstance = instance.id;
    enforcement.rule = rule.id;
    enforcement.ruleRef = rule.ref;
    enforcement.trace = instance.trace;
    enforcement.enforcedAt = m_clock.now();
    return enforcement;
}

} // namespace stormglass
