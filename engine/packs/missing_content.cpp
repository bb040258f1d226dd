#include "engine/packs/missing_content.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QSet<Ref> refsIn(const std::vector<Ref> &refs)
{
    return {refs.begin(), refs.end()};
}

PackProblem problemOf(const Ref &user, const QString &file, const QString &message)
{
    return {user.pack, file, 0, message, true};
}

QString notThere(const Ref &action)
{
    return u"the action \"%1\", which does not exist. Bring it back"_s.arg(action.text());
}

// Why nothing can make the rule match; empty if something can.
QString triggerFault(const Rule &rule, const QSet<Ref> &types, const QSet<Id> &triggers)
{
    if (triggers.contains(rule.trigger))
        return {};
    if (types.contains(rule.triggerType))
        return u"The rule \"%1\" waits for the trigger type \"%2\", which does not take the rule's "
               "parameters any more. Change the rule."_s.arg(rule.ref.text(),
                                                             rule.triggerType.text());
    return u"The rule \"%1\" waits for the trigger type \"%2\", which does not exist. Bring it "
           "back, or change the rule."_s.arg(rule.ref.text(), rule.triggerType.text());
}

void addRules(const std::vector<Rule> &rules, const QSet<Ref> &actions, const QSet<Ref> &types,
              const QSet<Id> &triggers, std::vector<PackProblem> &problems)
{
    for (const Rule &rule : rules) {
        if (!actions.contains(rule.action))
            problems.push_back(problemOf(rule.ref, rule.metadataFile,
                                         u"The rule \"%1\" runs %2, or change the rule."_s.arg(
                                             rule.ref.text(), notThere(rule.action))));
        const QString fault = triggerFault(rule, types, triggers);
        if (!fault.isEmpty())
            problems.push_back(problemOf(rule.ref, rule.metadataFile, fault));
    }
}

} // namespace

Result<std::vector<PackProblem>> missingContent(const ContentStores &stores)
{
    SG_LET(const std::vector<Ref> actionRefs, stores.actions.refs());
    SG_LET(const std::vector<Ref> typeRefs, stores.triggers.typeRefs());
    SG_LET(const std::vector<Trigger> triggers, stores.triggers.all());
    SG_LET(const std::vector<Rule> rules, stores.rules.all());
    SG_LET(const std::vector<ActionAlias> aliases, stores.aliases.all());
    SG_LET(const std::vector<Policy> policies, stores.policies.all());
    const QSet<Ref> actions = refsIn(actionRefs);
    QSet<Id> triggerIds;
    for (const Trigger &trigger : triggers)
        triggerIds << trigger.id;
    std::vector<PackProblem> problems;
    addRules(rules, actions, refsIn(typeRefs), triggerIds, problems);
    for (const ActionAlias &alias : aliases) {
        if (!actions.contains(alias.action))
            problems.push_back(problemOf(alias.ref, alias.metadataFile,
                                         u"The alias \"%1\" runs %2, or change the alias."_s.arg(
                                             alias.ref.text(), notThere(alias.action))));
    }
    for (const Policy &policy : policies) {
        if (!actions.contains(policy.resource))
            problems.push_back(
                problemOf(policy.ref, policy.metadataFile,
                          u"The policy \"%1\" is about %2, or change the policy."_s.arg(
                              policy.ref.text(), notThere(policy.resource))));
    }
    return problems;
}

} // namespace stormglass
