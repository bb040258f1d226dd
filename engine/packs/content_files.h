#pragma once

#include "engine/model/action.h"
#include "engine/model/action_alias.h"
#include "engine/model/pack.h"
#include "engine/model/policy.h"
#include "engine/model/rule.h"
#include "engine/model/sensor_type.h"
#include "engine/model/trigger.h"
#include "engine/packs/metadata_file.h"

#include <functional>
#include <optional>

namespace stormglass {

// From a metadata file to the noun it describes: members, kinds, and what StackStorm checks when it
// registers (content.md 3 to 9). None of them touches anything but the file. Thread: any.

// The content of pack.yaml with its version as text, held against the model, defaults assigned.
Result<Value> checkedPackMetadata(const Value &content);
// Without files and path, which are the folder's. `directory` is the name of that folder.
Result<Pack> packFromFile(const MetadataFile &file, const QString &directory);

using FindRunnerType = std::function<std::optional<RunnerType>(const QString &name)>;
Result<Action> actionFromFile(const MetadataFile &file, const FindRunnerType &findRunnerType);

struct SensorFile
{
    SensorType sensor;
    std::vector<TriggerType> triggerTypes;
    QStringList warnings;
};
Result<SensorFile> sensorFromFile(const MetadataFile &file, const QString &packFolder);

Result<TriggerType> triggerTypeFromFile(const MetadataFile &file);

struct RuleFile
{
    Rule rule;
    QStringList warnings;
};
Result<RuleFile> ruleFromFile(const MetadataFile &file);

Result<ActionAlias> aliasFromFile(const MetadataFile &file);
// The content held against the model and against its policy type, defaults assigned.
Result<Value> checkedPolicyMetadata(const Value &content);
Result<Policy> policyFromFile(const MetadataFile &file);

// Of a `config.schema.yaml`; without id.
Result<ConfigSchema> configSchemaFromFile(const MetadataFile &file, const QString &pack);

} // namespace stormglass
