#pragma once

#include "engine/processes/process.h"
#include "engine/sources/sensor_protocol.h"

namespace stormglass {

// The process of a sensor: a Python class, or a program of its own that speaks as our Python does.
// NotFound if there is nothing to start. Thread: any.
Result<ProcessSpec> sensorProcess(const SensorSpec &spec, const SensorSettings &settings,
                                  const std::vector<Trigger> &triggers, SensorStart start);

// How a process that was not asked to end has ended, with what the sensor said of it.
QString endOf(const ProcessExit &exit, const QString &said);

} // namespace stormglass
