#pragma once

#include "engine/base/result.h"
#include "engine/model/trigger.h"
#include "engine/model/trigger_instance.h"
#include "engine/sources/sensor.h"

#include <QByteArray>

namespace stormglass {

// The lines of JSON that engine and sensor exchange: resources/python/README.md.

struct SensorMessage
{
    enum class Kind { Ready, Event, Failed };
    Kind kind = Kind::Ready;
    // Of an event; 0 if the sensor gives none and wants no word that it is stored.
    std::int64_t number = 0;
    Event event;
    // Why it failed, and where.
    QString reason;
    QString traceback;
};

// Invalid for anything a sensor must not say.
Result<SensorMessage> readSensorMessage(QByteArrayView line);

enum class TriggerChange { Added, Updated, Removed };

QByteArray startLine(const SensorSpec &spec, const SensorSettings &settings,
                     const std::vector<Trigger> &triggers);
QByteArray triggerLine(TriggerChange change, const Trigger &trigger);
QByteArray ackLine(std::int64_t number);

} // namespace stormglass
