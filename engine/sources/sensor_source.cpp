#include "engine/sources/sensor_source.h"

#include "engine/base/thread_name.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stormglass {

namespace {

constexpr std::chrono::microseconds lookInterval = 5s;
constexpr std::size_t trialsAtOnce = 4;

} // namespace

SensorSource::SensorSource(Surroundings surroundings, SensorSettings settings,
                           std::function<void(const SensorState &)> changed)
    : m_surroundings(surroundings)
    , m_settings(std::move(settings))
    , m_changed(std::move(changed))
{
    lookLater();
}

SensorSource::~SensorSource()
{
    m_surroundings.alarms.cancel(m_looking);
    m_surroundings.alarms.cancel(m_sweeping);
}

void SensorSource::set(SensorSpec spec)
{
    SG_ON(Io);
    const QString name = spec.name();
    if (const auto known = m_sensors.find(name); known != m_sensors.end())
        return known->second->setSpec(std::move(spec));
    SensorKeeper::Surroundings surroundings{
        m_surroundings.clock,
        m_surroundings.alarms,
        m_surroundings.sink,
        m_surroundings.engineSink,
        m_surroundings.processes,
        m_settings,
        [this](const SensorSpec &of) { return triggersFor(of); },
        m_changed};
    m_sensors.emplace(name,
                      std::make_unique<SensorKeeper>(std::move(surroundings), std::move(spec)));
}

void SensorSource::remove(const QString &name)
{
    SG_ON(Io);
    const auto found = m_sensors.find(name);
    if (found == m_sensors.end())
        return;
    SensorKeeper *const keeper = found->second.get();
    m_leaving.push_back(std::move(found->second));
    m_sensors.erase(found);
    keeper->end([this, keeper] {
        m_gone.push_back(keeper);
        sweepSoon();
    });
}

// Those that are gone, but not within a call of theirs.
void SensorSource::sweepSoon()
{
    if (m_sweeping != 0)
        return;
    m_sweeping = m_surroundings.alarms.after(0us, [this] {
        m_sweeping = 0;
        sweep();
    });
}

void SensorSource::sweep()
{
    const auto isAmong = [](const auto &gone, const auto &each) {
        return std::find(gone.begin(), gone.end(), each.get()) != gone.end();
    };
    std::erase_if(m_leaving, [&](const auto &keeper) { return isAmong(m_gone, keeper); });
    std::erase_if(m_trials, [&](const auto &trial) { return isAmong(m_triedOut, trial); });
    m_gone.clear();
    m_triedOut.clear();
    if (!m_leaving.empty() || !m_trials.empty() || !m_stopped)
        return;
    const auto stopped = std::exchange(m_stopped, {});
    stopped();
}

Result<SensorKeeper *> SensorSource::find(const QString &name) const
{
    SG_ON(Io);
    const auto found = m_sensors.find(name);
    if (found == m_sensors.end())
        return failure(ErrorCode::NotFound, u"There is no sensor \"%1\"."_s.arg(name));
    return found->second.get();
}

Result<> SensorSource::start(const QString &name)
{
    SG_LET(SensorKeeper *const keeper, find(name));
    if (!keeper->spec().type.enabled)
        return failure(ErrorCode::Conflict,
                       u"The sensor \"%1\" is disabled: enable it first."_s.arg(name));
    keeper->start();
    return {};
}

Result<> SensorSource::stop(const QString &name)
{
    SG_LET(SensorKeeper *const keeper, find(name));
    keeper->stop();
    return {};
}

Result<> SensorSource::restart(const QString &name)
{
    SG_LET(SensorKeeper *const keeper, find(name));
    if (!keeper->spec().type.enabled)
        return failure(ErrorCode::Conflict,
                       u"The sensor \"%1\" is disabled: enable it first."_s.arg(name));
    keeper->restart();
    return {};
}

Result<> SensorSource::pause(const QString &name)
{
    SG_LET(SensorKeeper *const keeper, find(name));
    return keeper->pause();
}

Result<> SensorSource::resume(const QString &name)
{
    SG_LET(SensorKeeper *const keeper, find(name));
    keeper->resume();
    return {};
}

Result<> SensorSource::tryOnce(const QString &name, std::chrono::milliseconds limit,
                               std::function<void(const SensorTrial &)> done)
{
    SG_LET(const SensorKeeper *const keeper, find(name));
    const bool isTried = std::any_of(m_trials.begin(), m_trials.end(),
                                     [&](const auto &trial) { return trial->name() == name; });
    if (isTried || m_trials.size() >= trialsAtOnce)
        return failure(ErrorCode::Conflict,
                       isTried ? u"The sensor \"%1\" is being tried already."_s.arg(name)
                               : u"%1 sensors are being tried already: wait for one of them."_s.arg(
                                   trialsAtOnce));
    auto trial = std::make_unique<SensorTrialRun>(
        SensorTrialRun::Surroundings{m_surroundings.clock, m_surroundings.alarms,
                                     m_surroundings.processes, m_settings},
        name);
    SG_TRY(
        trial->start(keeper->spec(), triggersFor(keeper->spec()), limit,
                     [this, run = trial.get(), done = std::move(done)](const SensorTrial &tried) {
                         m_triedOut.push_back(run);
                         sweepSoon();
                         done(tried);
                     }));
    m_trials.push_back(std::move(trial));
    return {};
}

void SensorSource::setTrigger(const Trigger &trigger)
{
    SG_ON(Io);
    const auto known = m_triggers.find(trigger.id);
    if (known == m_triggers.end()) {
        m_triggers.emplace(trigger.id, trigger);
        return tell(TriggerChange::Added, trigger);
    }
    // How many rules use it is nothing to a sensor.
    Trigger before = std::exchange(known->second, trigger);
    before.references = trigger.references;
    if (before == trigger)
        return;
    if (before.type == trigger.type)
        return tell(TriggerChange::Updated, trigger);
    tell(TriggerChange::Removed, before);
    tell(TriggerChange::Added, trigger);
}

void SensorSource::removeTrigger(const Id &trigger)
{
    SG_ON(Io);
    const auto known = m_triggers.find(trigger);
    if (known == m_triggers.end())
        return;
    const Trigger removed = std::move(known->second);
    m_triggers.erase(known);
    tell(TriggerChange::Removed, removed);
}

std::vector<Trigger> SensorSource::triggersFor(const SensorSpec &spec) const
{
    std::vector<Trigger> triggers;
    for (const auto &[id, trigger] : m_triggers) {
        if (spec.type.triggerTypes.contains(trigger.type.text()))
            triggers.push_back(trigger);
    }
    return triggers;
}

void SensorSource::tell(TriggerChange change, const Trigger &trigger)
{
    for (const auto &[name, keeper] : m_sensors) {
        if (keeper->spec().type.triggerTypes.contains(trigger.type.text()))
            keeper->tell(change, trigger);
    }
}

void SensorSource::stopAll(std::function<void()> stopped)
{
    SG_ON(Io);
    m_stopped = std::move(stopped);
    while (!m_sensors.empty())
        remove(m_sensors.begin()->first);
    for (const auto &trial : m_trials)
        trial->stop(u"was ended: the engine stops"_s);
    sweepSoon();
}

void SensorSource::lookLater()
{
    m_looking = m_surroundings.alarms.after(lookInterval, [this] {
        for (const auto &[name, keeper] : m_sensors)
            keeper->look();
        lookLater();
    });
}

std::vector<SensorState> SensorSource::states() const
{
    SG_ON(Io);
    std::vector<SensorState> states;
    states.reserve(m_sensors.size());
    for (const auto &[name, keeper] : m_sensors)
        states.push_back(keeper->state());
    return states;
}

Result<SensorState> SensorSource::state(const QString &name) const
{
    SG_LET(const SensorKeeper *const keeper, find(name));
    return keeper->state();
}

Result<std::vector<SensorLogLine>> SensorSource::log(const QString &name, std::int64_t after) const
{
    SG_LET(const SensorKeeper *const keeper, find(name));
    return keeper->log().after(after);
}

} // namespace stormglass
