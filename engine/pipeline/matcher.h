#pragma once

#include "engine/pipeline/change_sink.h"
#include "engine/pipeline/fresh_rows.h"
#include "engine/pipeline/station.h"
#include "engine/pipeline/trigger_index.h"
#include "engine/rules/rule_set.h"
#include "engine/store/stores.h"

namespace stormglass {

// Station 3. Takes a trigger instance pending; leaves a verdict of every rule on its trigger (of
// many rules those that can be made again are left out), an enforcement pending for each that
// matched and acts, the trigger instance processed; rings enforcement.pending. Thread: engine.
class Matcher final : public Station
{
public:
    // `resolver` answers `st2kv` in patterns; may be null.
    Matcher(const Clock &clock, IdGenerator &ids, Stores &stores, const TriggerIndex &triggers,
            const RuleSet &rules, const Resolver *resolver, FreshRows &fresh, MessageBus &bus,
            ChangeSink &changes);

    Topic takes() const override { return Topic::TriggerInstancePending; }
    Result<> take(const Id &id) override;
    Result<> fail(const Id &id, const Error &error) override;
    Result<std::vector<Id>> waiting(int most) override;

private:
    Result<> keepFailures(const Judgement &judgement, const TriggerInstance &instance);
    Result<> enforce(const Judgement &judgement, const TriggerInstance &instance,
                     std::vector<Verdict> &verdicts);
    void tell(const TriggerInstance &instance, const std::vector<Verdict> &verdicts);
    Enforcement enforcementOf(const Rule &rule, const TriggerInstance &instance);

    const Clock &m_clock;
    IdGenerator &m_ids;
    Stores &m_stores;
    const TriggerIndex &m_triggers;
    const RuleSet &m_rules;
    const Resolver *m_resolver;
    FreshRows &m_fresh;
    MessageBus &m_bus;
    ChangeSink &m_changes;
};

} // namespace stormglass
