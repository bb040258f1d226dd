#pragma once

#include "engine/base/json.h"
#include "engine/sources/sensor_source.h"
#include "tests/unit/sources/fake_alarms.h"
#include "tests/unit/sources/stub_event_sink.h"
#include "tests/unit/sources/stub_sensor_processes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace stormglass::sensor_bench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = SensorState::Kind;

inline const QString name = u"linux.FileWatchSensor"_s;

inline Trigger trigger(std::uint8_t number, const char *type = "linux.file_watch.line")
{
    Trigger trigger;
    trigger.id = Id(std::array<std::uint8_t, 12>{number});
    trigger.ref = Ref::fromText(u"linux.uuid-%1"_s.arg(number));
    trigger.type = Ref::fromText(QString::fromLatin1(type));
    trigger.parameters = Value::map({{"file_path", "/x"}});
    return trigger;
}

inline Value read(const QByteArray &line)
{
    return readJson({line.data(), std::size_t(line.size())}).value();
}

// An engine with one sensor whose process is a stub.
struct Bench
{
    QTemporaryDir folder;
    FakeClock clock;
    FakeAlarms alarms{clock};
    StubEventSink sink;
    StubEventSink engineSink;
    StubSensorProcesses processes;
    std::vector<SensorState> changes;
    SensorSource source{{clock, alarms, sink, engineSink, processes},
                        SensorSettings{u"/library"_s},
                        [this](const SensorState &state) { changes.push_back(state); }};

    SensorSpec spec() const
    {
        const QString file = folder.filePath(u"file_watch_sensor.py"_s);
        QFile(file).open(QIODevice::WriteOnly);
        SensorSpec spec;
        spec.type.ref = Ref::fromText(name);
        spec.type.className = u"FileWatchSensor"_s;
        spec.type.artifact = file;
        spec.type.triggerTypes = {u"linux.file_watch.line"_s};
        spec.config = Value::map({{"a", 1}});
        spec.interpreter = u"/usr/bin/python3"_s;
        return spec;
    }

    // A sensor that is up.
    void run()
    {
        source.set(spec());
        processes.last().says(R"({"type": "ready"})");
    }

    void raise(int number)
    {
        processes.last().says(
            QByteArray(
                R"({"type": "event", "number": %1, "trigger": "linux.t", "payload": {"n": %1}})")
                .replace("%1", QByteArray::number(number)));
    }

    SensorState state() const { return source.state(name).value(); }
    QStringList log() const
    {
        QStringList lines;
        const std::vector<SensorLogLine> log = source.log(name, 0).value();
        for (const SensorLogLine &line : log)
            lines.append(line.text);
        return lines;
    }
};

} // namespace stormglass::sensor_bench
