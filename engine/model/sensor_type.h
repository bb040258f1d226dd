#pragma once

#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <QStringList>

#include <optional>

namespace stormglass {

// A process that watches the world and raises events, as described in a pack (events.md 7).
struct SensorType
{
    Id id = {};
    Ref ref = {};
    QString description = {};
    bool enabled = true;
    // Absolute path of the source file.
    QString artifact = {};
    QString className = {};
    // Refs of the trigger types it raises.
    QStringList triggerTypes = {};
    // Seconds; only polling sensors have one.
    std::optional<double> pollInterval = {};
    QString metadataFile = {};

    friend bool operator==(const SensorType &, const SensorType &) = default;
};

Value toJson(const SensorType &sensorType);

} // namespace stormglass
