#pragma once

#include "engine/model/rule.h"
#include "engine/model/trace.h"

namespace stormglass {

// The context of an execution that a rule asked for (events.md 6.7). The user is the system's, not
// the rule's author.
inline Value contextOfRule(const Rule &rule, const Id &triggerInstance, const Trace &trace,
                           const QString &systemUser)
{
    return Value::map(
        {{"trigger_instance", Value::map({{"id", triggerInstance.text()}, {"name", Value()}})},
         {"rule", Value::map({{"id", rule.id.text()}, {"name", rule.ref.name}})},
         {"user", systemUser},
         {"pack", rule.action.pack},
         {"trace_context", Value::map({{"id_", trace.id.text()}, {"trace_tag", trace.tag}})}});
}

} // namespace stormglass
