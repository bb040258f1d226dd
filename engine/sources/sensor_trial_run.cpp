#include "engine/sources/sensor_trial_run.h"

#include "engine/base/json.h"
#include "engine/base/thread_name.h"
#include "engine/sources/sensor_start.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stormglass {

SensorTrialRun::SensorTrialRun(Surroundings surroundings, QString name)
    : m_surroundings(surroundings)
    , m_name(std::move(name))
    , m_began(surroundings.clock.instant())
{
}

SensorTrialRun::~SensorTrialRun()
{
    m_surroundings.alarms.cancel(m_alarm);
}

Result<> SensorTrialRun::start(const SensorSpec &spec, const std::vector<Trigger> &triggers,
                               std::chrono::milliseconds limit, Done done)
{
    SG_ON(Io);
    if (!spec.fault.isEmpty())
        return failure(ErrorCode::Conflict, spec.fault);
    SG_LET(ProcessSpec process,
           sensorProcess(spec, m_surroundings.settings, triggers, SensorStart::Once));
    m_run = std::make_unique<SensorRun>(m_surroundings.processes, m_surroundings.alarms, calls());
    SG_TRY(m_run->start(std::move(process)));
    m_done = std::move(done);
    m_alarm = m_surroundings.alarms.after(limit, [this, limit] {
        m_alarm = 0;
        stop(u"was ended after %1 s"_s.arg(limit / 1s));
    });
    return {};
}

void SensorTrialRun::stop(const QString &why)
{
    if (!m_why.isEmpty())
        return;
    m_why = why;
    m_run->stop(m_surroundings.settings.stopGrace);
}

SensorRun::Calls SensorTrialRun::calls()
{
    SensorRun::Calls calls;
    calls.ready = [] {};
    calls.ponged = [](std::chrono::seconds) {};
    calls.raised = [this](std::int64_t number, Event event) { keep(number, std::move(event)); };
    calls.garbage = [this](QByteArrayView line, const QString &why) {
        ++m_trial.garbageLines;
        m_log.noteGarbage(line, why, m_surroundings.clock.now());
    };
    calls.printed = [this](SensorLogLine::Stream stream, QByteArrayView line) {
        m_log.add(stream, line, m_surroundings.clock.now());
    };
    calls.hung = [this](const QString &why) { stop(why); };
    calls.ended = [this](const ProcessExit &exit, const QString &said) { ended(exit, said); };
    return calls;
}

void SensorTrialRun::keep(std::int64_t number, Event event)
{
    m_bytes += static_cast<std::int64_t>(writeJson(event.payload).size());
    if (m_trial.events.size() < eventsKept && m_bytes <= bytesKept) {
        m_trial.events.push_back({std::move(event), {}});
    } else {
        ++m_trial.eventsDropped;
        stop(u"was ended: it raised more events than are shown"_s);
    }
    m_run->settle(number);
}

void SensorTrialRun::ended(const ProcessExit &exit, const QString &said)
{
    const bool isClean = exit.cause == ProcessExit::Cause::Exited && exit.code == 0;
    m_trial.hasFailed = m_why.isEmpty() && !isClean;
    m_trial.end = m_why.isEmpty() ? isClean ? u"ended"_s : endOf(exit, said) : m_why;
    m_trial.log = m_log.after(0);
    m_trial.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        m_surroundings.clock.instant() - m_began);
    // The call may destroy this.
    const Done done = std::move(m_done);
    const SensorTrial trial = std::move(m_trial);
    done(trial);
}

} // namespace stormglass
