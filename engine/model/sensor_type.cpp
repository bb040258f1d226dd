#include "engine/model/sensor_type.h"

#include "engine/model/json_members.h"
#include "engine/model/uid.h"

namespace stormglass {

namespace {

// The class with the dotted path of its module within the pack:
// `sensors.file_watch_sensor.FileWatchSensor`.
QString entryPointOf(const SensorType &type)
{
    const QString folder = QLatin1Char('/') + type.ref.pack + QLatin1Char('/');
    const qsizetype start = type.artifact.lastIndexOf(folder);
    if (type.ref.pack == QLatin1String("core") || start < 0)
        return type.className;
    QString module = type.artifact.mid(start + folder.size());
    module.remove(QStringLiteral(".py")).replace(QLatin1Char('/'), QLatin1Char('.'));
    return module + QLatin1Char('.') + type.className;
}

} // namespace

Value toJson(const SensorType &type)
{
    Value json = Value::map({{"id", shown(type.id)},
                             {"ref", type.ref.text()},
                             {"uid", uidOf(QStringLiteral("sensor_type"), type.ref)},
                             {"pack", type.ref.pack},
                             {"name", type.ref.name}});
    setIfAny(json, "class_name", type.className);
    setIfAny(json, "description", type.description);
    json.set("artifact_uri", QStringLiteral("file://") + type.artifact);
    json.set("entry_point", entryPointOf(type));
    json.set("enabled", type.enabled);
    json.set("trigger_types", shown(type.triggerTypes));
    // Whole seconds are shown as a whole number.
    if (type.pollInterval) {
        const auto whole = static_cast<std::int64_t>(*type.pollInterval);
        json.set("poll_interval",
                 static_cast<double>(whole) == *type.pollInterval ? Value(whole)
                                                                  : Value(*type.pollInterval));
    }
    json.set("metadata_file", type.metadataFile);
    return json;
}

} // namespace stormglass
