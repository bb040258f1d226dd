#pragma once

#include "engine/sources/alarms.h"
#include "engine/sources/line_splitter.h"
#include "engine/sources/sensor_processes.h"
#include "engine/sources/sensor_protocol.h"

#include <set>

namespace stormglass {

// One process of a sensor, from its start to its end: takes what it says and tells it which of its
// events are stored. Thread: Io.
class SensorRun
{
public:
    // `ended` is the last and may destroy the run; no other may.
    struct Calls
    {
        std::function<void()> ready;
        // A sign of life it was asked for: since when its poll goes on.
        std::function<void(std::chrono::seconds busy)> ponged;
        // To be answered by settle() with the same number.
        std::function<void(std::int64_t number, Event event)> raised;
        std::function<void(QByteArrayView line, const QString &why)> garbage;
        std::function<void(SensorLogLine::Stream stream, QByteArrayView line)> printed;
        // It does not take what it is told.
        std::function<void(const QString &why)> hung;
        // And what the sensor itself said of it.
        std::function<void(const ProcessExit &exit, const QString &said)> ended;
    };

    // Borrows both for its life.
    SensorRun(SensorProcesses &processes, Alarms &alarms, Calls calls);
    ~SensorRun();
    SensorRun(const SensorRun &) = delete;

    // Once. After an error nothing follows.
    Result<> start(ProcessSpec spec);
    qint64 process() const { return m_process; }
    void tell(const QByteArray &line);
    // Asks it to end and kills it after `grace`.
    void stop(std::chrono::milliseconds grace);

    // That event was stored or refused.
    void settle(std::int64_t number);
    // Reads no more events until released.
    void hold();
    void release();
    bool isHeld() const { return m_isHeld; }
    // Known once it is ready.
    bool answersPings() const { return m_answersPings; }

private:
    void take(OutputStream stream, QByteArrayView chunk);
    void takeMessage(QByteArrayView line, bool isWhole);
    void takeEvent(SensorMessage message, QByteArrayView line);
    void finish(const ProcessExit &exit);
    void acknowledge();

    SensorProcesses &m_processes;
    Alarms &m_alarms;
    Calls m_calls;
    ProcessHandle m_handle = 0;
    qint64 m_process = 0;
    LineSplitter m_channel;
    LineSplitter m_out;
    LineSplitter m_err;
    // Of events, as the sensor counts them.
    std::int64_t m_received = 0;
    std::int64_t m_acknowledged = 0;
    std::set<std::int64_t> m_unsettled;
    Alarms::AlarmId m_acknowledging = 0;
    bool m_isHeld = false;
    bool m_answersPings = false;
    QString m_said;
};

} // namespace stormglass
