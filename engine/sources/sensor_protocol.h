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
    enum class Kind { Ready, Event, Failed, Pong };
    Kind kind = Kind::Ready;
    // Of an event; 0 if the sensor gives none and wants no word that it is stored.
    std::int64_t number = 0;
    Event event;
    // Of `ready`: it answers when asked for a sign of life.
    bool answersPings = false;
    // Of that answer: since when its poll goes on.
    std::chrono::seconds busy{0};
    // Why it failed, and where.
    QString reason;
    QString traceback;
};

// Invalid for anything a sensor must not say.
Result<SensorMessage> readSensorMessage(QByteArrayView line);

enum class TriggerChange { Added, Updated, Removed };

// Once: polls one time, or runs until told to end, and stores nothing.
enum class SensorStart { Normal, Paused, Once };

QByteArray startLine(const SensorSpec &spec, const SensorSettings &settings,
                     const std::vector<Trigger> &triggers, SensorStart start);
QByteArray triggerLine(TriggerChange change, const Trigger &trigger);
QByteArray ackLine(std::int64_t number);
QByteArray pauseLine(bool isPaused);
QByteArray pingLine();

} // namespace stormglass
