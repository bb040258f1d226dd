#pragma once

#include "engine/model/action.h"
#include "engine/model/rule.h"
#include "engine/model/sensor_type.h"
#include "engine/model/trigger.h"
#include "engine/packs/metadata_file.h"

#include <functional>
#include <optional>

namespace stormglass {

// From a metadata file to the noun it describes: members, kinds, and what StackStorm checks when it
// registers (content.md 5 to 8). None of them touches anything but the file.

using FindRunnerType = std::function<std::optional<RunnerType>(const QString &name)>;
Result<Action> actionFromFile(const MetadataFile &file, const FindRunnerType &findRunnerType);

struct SensorFile
{
    SensorType sensor;
    std::vector<TriggerType> triggerTypes;
};
Result<SensorFile> sensorFromFile(const MetadataFile &file, const QString &packFolder);

Result<TriggerType> triggerTypeFromFile(const MetadataFile &file);

Result<Rule> ruleFromFile(const MetadataFile &file);

} // namespace stormglass
