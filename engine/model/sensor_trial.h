#pragma once

#include "engine/model/sensor_state.h"
#include "engine/model/trigger_instance.h"

namespace stormglass {

// What came of running a sensor once, with its events kept from the engine.
struct SensorTrial
{
    struct Raised
    {
        Event event;
        // Why the engine would not have taken it; empty if it would.
        QString refusal;
    };

    // In order. More are counted, not kept.
    std::vector<Raised> events;
    std::int64_t eventsDropped = 0;
    std::vector<SensorLogLine> log;
    std::int64_t garbageLines = 0;
    // A sentence on how it ended.
    QString end;
    bool hasFailed = false;
    std::chrono::milliseconds took{0};
};

Value toJson(const SensorTrial &trial);

} // namespace stormglass
