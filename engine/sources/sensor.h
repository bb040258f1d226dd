#pragma once

#include "engine/model/sensor_state.h"
#include "engine/model/sensor_type.h"
#include "engine/processes/environment.h"

namespace stormglass {

// A sensor to run: what its pack says and how this engine runs it.
struct SensorSpec
{
    SensorType type;
    // Of several sensors of one type, each with a configuration of its own; empty for the only one.
    QString instance;
    // The pack's configuration, resolved, and the file it came from.
    Value config = Value::map();
    QString configFile;
    // The Python of the pack; not used for a sensor that is a program of its own.
    QString interpreter;
    // Where the engine's API is and how to be let in. Taken anew at each start, so a change
    // restarts nothing.
    Environment environment;
    QString workingDirectory;
    QString logLevel = QStringLiteral("INFO");
    // Tells one installation of its pack from the next: another means that the sensor starts anew.
    QString installation = {};
    // Said to be silent when it is not heard of for longer; none: when that is not its habit.
    std::optional<std::chrono::seconds> silentAfter = {};
    // Killed and started anew when one poll takes longer; none: as the settings have it.
    std::optional<std::chrono::seconds> hangAfter = {};
    // Somebody paused it, in this run of the engine or a former one.
    bool isPaused = false;
    // Why it cannot be started, as far as the engine knows (no Python environment, a configuration
    // that cannot be resolved); empty if it can.
    QString fault;

    QString name() const
    {
        return instance.isEmpty() ? type.ref.text() : type.ref.text() + u'#' + instance;
    }
};

// What sensors are given in common.
struct SensorSettings
{
    // The folder resources/python.
    QString pythonLibrary;
    // Events that a sensor may have on their way.
    int window = 256;
    // For it to end after it was asked to, before it is killed.
    std::chrono::milliseconds stopGrace{10'000};
    // To be set up, before it counts as hung.
    std::chrono::milliseconds startLimit{600'000};
    // For one poll.
    std::chrono::milliseconds pollLimit{900'000};
    // For a sign of life of one that promises them.
    std::chrono::milliseconds signLimit{120'000};
    // After which a sensor that dies counts as having been well.
    std::chrono::milliseconds healthyAge{60'000};
    std::chrono::milliseconds firstPause{1'000};
    std::chrono::milliseconds longestPause{300'000};
};

} // namespace stormglass
