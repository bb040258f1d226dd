#pragma once

#include "engine/model/rule.h"
#include "engine/model/trigger_instance.h"
#include "engine/model/verdict.h"
#include "engine/rules/criteria.h"

#include <QHash>

#include <memory>
#include <vector>

namespace stormglass {

class TriggerRules;

struct CompiledRule
{
    Rule rule;
    Criteria criteria;
};
using CompiledRulePointer = std::shared_ptr<const CompiledRule>;

// What one trigger instance got from the rules on its trigger. Small whatever their number: the
// verdict of a rule that merely failed is made when asked for. Keeps the rules it was made with;
// any thread.
class Judgement
{
public:
    // Rules that match and act, in the order of the set: those whose enforcement is to follow.
    const std::vector<CompiledRulePointer> &toEnforce() const { return m_toEnforce; }

    struct Failure
    {
        CompiledRulePointer rule;
        MatchFailure failure;
    };
    // What StackStorm records as failed enforcements.
    const std::vector<Failure> &failures() const { return m_failures; }

    // An unknown operator was reached: StackStorm ends the trigger instance as `processing_failed`.
    // The other rules were judged all the same.
    const std::optional<Error> &refusal() const { return m_refusal; }

    std::size_t candidates() const;
    // Observing rules count.
    std::size_t matched() const { return m_matched; }

    // One for each candidate, disabled ones too, in the order of the set. Without ids of
    // enforcements.
    std::vector<Verdict> verdicts() const;
    // Of one rule; none if it is no candidate.
    std::optional<Verdict> verdictOf(const Id &rule) const;

    // The verdicts that cannot be made again from the payload and the rules alone: all but those of
    // disabled rules and the NotMatched of rules that failed without an error. For a row that keeps
    // few bytes however many rules there are.
    std::vector<Verdict> notableVerdicts() const;

private:
    friend class TriggerRules;

    struct Checked
    {
        std::uint32_t position = 0;
        VerdictKind kind = VerdictKind::NotMatched;
        CriteriaOutcome outcome = {};
    };
    Verdict verdictFrom(const Checked &checked) const;
    Verdict verdictOfFailed(std::uint32_t position) const;

    std::shared_ptr<const TriggerRules> m_rules;
    Id m_triggerInstance;
    Value m_payload;
    Timestamp m_time;
    // In the order of the rules; those missing are disabled, or failed a condition, and asking
    // again says which.
    std::vector<Checked> m_checked;
    std::vector<CompiledRulePointer> m_toEnforce;
    std::vector<Failure> m_failures;
    std::optional<Error> m_refusal;
    std::size_t m_matched = 0;
};

// All rules, compiled, by trigger. Thread: its owner's; judgements may go anywhere.
class RuleSet
{
public:
    // Adds a rule at the end, or replaces the one with its id in place.
    void put(Rule rule);
    // False if there was no such rule.
    bool remove(const Id &rule);
    void clear();

    std::size_t size() const { return m_triggerOf.size(); }
    // Null if there is no such rule.
    CompiledRulePointer find(const Id &rule) const;
    // Whether a rule that is not disabled is on that trigger.
    bool isListening(const Id &trigger, const Ref &ref) const;

    // Every rule on the instance's trigger: by its id, or by its ref where rules and instance have
    // no id.
    Judgement judge(const TriggerInstance &instance, const Resolver *resolver,
                    const Clock &clock) const;

private:
    struct TriggerKey
    {
        Id id;
        Ref ref;
        friend bool operator==(const TriggerKey &, const TriggerKey &) = default;
        friend std::size_t qHash(const TriggerKey &key, std::size_t seed = 0)
        {
            return key.id.isNull() ? qHash(key.ref, seed) : stormglass::qHash(key.id, seed);
        }
    };
    struct Group
    {
        std::vector<CompiledRulePointer> rules;
        // Made when first asked after a change.
        std::shared_ptr<const TriggerRules> compiled;
    };
    static TriggerKey keyOf(const Id &trigger, const Ref &ref);

    // Judging fills in what a change left to be made.
    mutable QHash<TriggerKey, Group> m_groups;
    QHash<Id, TriggerKey> m_triggerOf;
};

} // namespace stormglass
