#pragma once

#include "engine/pipeline/fresh_rows.h"
#include "engine/pipeline/requester.h"
#include "engine/pipeline/station.h"
#include "engine/pipeline/trigger_index.h"
#include "engine/rules/rule_set.h"

namespace stormglass {

// Station 4. Takes an enforcement pending; leaves an execution requested and the enforcement
// succeeded, or the enforcement failed with its reason; rings execution.requested through the
// requester. Thread: engine.
class Enforcer final : public Station
{
public:
    Enforcer(const Clock &clock, Stores &stores, const RuleSet &rules, const TriggerIndex &triggers,
             FreshRows &fresh, Requester &requester, QString systemUser);

    Topic takes() const override { return Topic::EnforcementPending; }
    Result<> take(const Id &id) override;
    Result<> fail(const Id &id, const Error &error) override;
    Result<std::vector<Id>> waiting(int most) override;

private:
    Result<std::optional<FreshRows::Enforcing>> claim(const Id &id);
    Result<Rule> ruleOf(const Enforcement &enforcement);
    Result<Trace> traceOf(const Enforcement &enforcement, const TriggerInstance &instance);
    Result<> refuse(const Enforcement &enforcement, const ExecutionRequest &request,
                    const Error &error);

    const Clock &m_clock;
    Stores &m_stores;
    const RuleSet &m_rules;
    const TriggerIndex &m_triggers;
    FreshRows &m_fresh;
    Requester &m_requester;
    QString m_systemUser;
};

} // namespace stormglass
