#include "engine/packs/policy_types.h"

#include "engine/base/assert.h"
#include "engine/base/yaml.h"

namespace stormglass {

namespace {

constexpr std::string_view declarations = R"(
action.concurrency:
  description: Limits how many executions of an action run at a time.
  module: st2actions.policies.concurrency
  parameters:
    threshold: {type: integer, required: true, description: How many may run at a time.}
    action:
      {type: string, enum: [delay, cancel], default: delay, description: What happens to one more.}
action.concurrency.attr:
  description: Limits how many executions of an action with the same parameters run at a time.
  module: st2actions.policies.concurrency_by_attr
  parameters:
    threshold: {type: integer, required: true, description: How many may run at a time.}
    action:
      {type: string, enum: [delay, cancel], default: delay, description: What happens to one more.}
    attributes:
      type: array
      items: {type: string, minLength: 1}
      uniqueItems: true
      description: The parameters that count as the same.
action.retry:
  description: Runs an action again that failed or took too long.
  module: st2actions.policies.retry
  parameters:
    retry_on: {type: string, enum: [failure, timeout], required: true, description: What to retry.}
    max_retry_count:
      {type: integer, default: 2, minimum: 1, maximum: 5, required: true, description: How often at most.}
    delay: {type: number, minimum: 0, maximum: 120, description: Seconds to wait before it.}
)";

std::vector<PolicyType> declared()
{
    const Result<Value> document = readYaml(declarations);
    SG_ASSERT(document);
    std::vector<PolicyType> types;
    for (const ValueMap::Entry &entry : document->entries())
        types.push_back({entry.key.toQString(), entry.value["description"].toQString(),
                         entry.value["module"].toQString(), entry.value["parameters"]});
    return types;
}

} // namespace

const std::vector<PolicyType> &policyTypes()
{
    static const std::vector<PolicyType> all = declared();
    return all;
}

const PolicyType *policyTypeOf(const QString &ref)
{
    for (const PolicyType &type : policyTypes()) {
        if (type.ref == ref)
            return &type;
    }
    return nullptr;
}

} // namespace stormglass
