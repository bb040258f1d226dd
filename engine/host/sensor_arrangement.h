#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/sources/sensor.h"

#include <map>

namespace stormglass {

// How one sensor runs here, beside what its pack says.
struct SensorTuning
{
    // Over the pack's configuration, member by member.
    Value config = Value::map();
    std::optional<double> pollInterval = {};
    std::optional<std::chrono::seconds> silentAfter = {};
    // Zero: a poll may go on for ever.
    std::optional<std::chrono::seconds> hangAfter = {};
    QString logLevel = {};
    // It runs, but does not look and raises nothing.
    bool isPaused = false;

    friend bool operator==(const SensorTuning &, const SensorTuning &) = default;
};

// What an operator arranged for the sensors of one type: the file sensors.yaml of the data folder
// maps refs to these.
struct SensorArrangement
{
    // None: as the pack says.
    std::optional<bool> enabled = {};
    // Whether the plain sensor runs beside its instances.
    bool runsPlain = true;
    // For the plain one, and for each instance that does not say otherwise.
    SensorTuning tuning = {};
    std::map<QString, SensorTuning> instances = {};

    bool isEmpty() const { return *this == SensorArrangement(); }
    friend bool operator==(const SensorArrangement &, const SensorArrangement &) = default;
};

using SensorArrangements = std::map<QString, SensorArrangement>;

// Invalid, with what is wrong and where.
Result<SensorArrangement> sensorArrangementFrom(const Value &json);
Value toJson(const SensorArrangement &arrangement);

// A file that is not there arranges nothing.
Result<SensorArrangements> readSensorArrangements(const QString &path);
Result<> writeSensorArrangements(const QString &path, const SensorArrangements &arrangements);

// The specs of all sensors of a type, from that of the plain one; empty if none is to run.
std::vector<SensorSpec> arranged(const SensorSpec &plain, const SensorArrangement &arrangement);

} // namespace stormglass
