#include "ui/models/session.h"

namespace stormglass::ui {

using namespace std::chrono_literals;

Session::Session(Instance &instance, const QString &name, InstanceKind kind,
                 const Credential &credential, const Clock &clock, QObject *parent)
    : QObject(parent)
    , connection(instance, name, kind, credential, clock)
    , feed(instance)
    , triggerNames(connection)
    , events(connection, feed, triggerNames)
    , executions(connection, feed)
    , rules(connection, feed)
    , sensors(connection, feed)
    , actions(connection, feed)
    , packs(connection, feed)
    , triggerTypes(connection, feed)
    , pulse(connection, feed)
    , activity(connection, feed)
    , m_zone(QTimeZone::systemTimeZone())
{
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, &executions, &ExecutionsModel::tick);
    // What could not be read while the engine was away is read when it is back.
    connect(&connection, &Connection::stateChanged, this, [this] {
        if (m_isStarted && connection.isReady())
            loadAll();
    });
}

void Session::start()
{
    if (m_isStarted)
        return;
    m_isStarted = true;
    feed.start();
    pulse.start();
    m_tick.start();
    loadAll();
}

void Session::loadAll()
{
    triggerNames.load();
    events.load();
    executions.load();
    rules.load();
    sensors.load();
    actions.load();
    packs.load();
    triggerTypes.load();
}

void Session::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    events.setZone(zone);
    executions.setZone(zone);
    emit zoneChanged();
}

} // namespace stormglass::ui
