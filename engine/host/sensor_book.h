#pragma once

#include "engine/api/sensor_desk.h"
#include "engine/base/id.h"
#include "engine/host/sensor_arrangement.h"
#include "engine/host/settings.h"
#include "engine/pipeline/change_sink.h"
#include "engine/pipeline/parameters.h"
#include "engine/store/sensor_type_store.h"
#include "engine/store/token_store.h"

#include <QDateTime>
#include <QHash>

namespace stormglass {

// What the engine's thread knows of sensors: how they are arranged, how they were last heard to be
// doing, and the token they reach the API with. Thread: engine.
class SensorBook final : public SensorDesk
{
public:
    // What the Io thread is asked; answers come back on the engine's.
    struct IoSensors
    {
        // All there are now; those not named are gone.
        std::function<void(std::vector<SensorSpec>)> replace;
        std::function<void(const QString &name, SensorCommand, Done<SensorState>)> command;
        std::function<void(const QString &name, std::int64_t after,
                           Done<std::vector<SensorLogLine>>)>
            readLog;
        std::function<void(const QString &name, std::chrono::milliseconds limit, Done<SensorTrial>)>
            tryOnce;
        std::function<void(Done<std::vector<TimerState>>)> readTimers;
    };

    SensorBook(const Settings &settings, const Clock &clock, IdGenerator &ids, Database &database,
               SensorTypeStore &store, const Parameters &parameters, ChangeSink &changes,
               IoSensors io);

    // Sends all sensors to be run, once they may: sensors find the API's address in their
    // environment, so they wait for it where there is going to be one.
    void send();
    void setApiUrl(const QString &url);
    // While packs are being registered nothing is sent: a sensor that ran before the rules of its
    // pack are there would raise events that nobody judges.
    void hold(bool isHeld);
    // Looks for edits of the file, keeps the token from running out, and starts what waited in
    // vain for an API.
    void everyMinute();

    void take(const SensorState &state, const std::vector<SensorLogLine> &log);

    Value shown(const SensorType &sensor) const override;
    Result<> setEnabled(const Ref &sensor, bool isEnabled) override;
    Value arrangementOf(const Ref &sensor) const override;
    Result<> arrange(const Ref &sensor, const Value &arrangement) override;
    QString arrangementFault() const override { return m_fault; }
    // A pause is kept, so that it holds for the next run of the engine too.
    void command(const QString &name, SensorCommand command, Done<SensorState> done) override;
    void readLog(const QString &name, std::int64_t after,
                 Done<std::vector<SensorLogLine>> done) override
    {
        m_io.readLog(name, after, std::move(done));
    }
    void tryOnce(const QString &name, std::chrono::milliseconds limit,
                 Done<SensorTrial> done) override
    {
        m_io.tryOnce(name, limit, std::move(done));
    }
    void readTimers(Done<std::vector<TimerState>> done) override
    {
        m_io.readTimers(std::move(done));
    }

private:
    QString file() const { return m_settings.dataFolder + QStringLiteral("/sensors.yaml"); }
    const SensorArrangement &arrangement(const Ref &sensor) const;
    void readFile();
    Result<> keep(const Ref &sensor, SensorArrangement arrangement);
    Result<> keepPause(const SensorState &state, SensorCommand command);
    Result<> expectFaultless() const;
    SensorSpec plainSpec(const SensorType &sensor) const;
    Environment environment() const;
    Result<> keepToken();

    const Settings &m_settings;
    const Clock &m_clock;
    IdGenerator &m_ids;
    Database &m_database;
    SensorTypeStore &m_store;
    const Parameters &m_parameters;
    ChangeSink &m_changes;
    IoSensors m_io;
    SensorArrangements m_arrangements;
    // When the file that was read last was written, and why it could not be understood.
    QDateTime m_fileTime;
    QString m_fault;
    QString m_apiUrl;
    bool m_mayRun = false;
    bool m_isHeld = false;
    // Sending was asked for while it was held.
    bool m_isOwed = false;
    // A configuration could not be resolved; what it lacks may come without a word.
    bool m_lacksConfig = false;
    const Instant m_made;
    QString m_token;
    Timestamp m_tokenExpires;
    // As last heard, by the names of sensors.
    QHash<QString, Value> m_states;
};

} // namespace stormglass
