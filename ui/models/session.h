#pragma once

#include "ui/models/activity.h"
#include "ui/models/catalogues.h"
#include "ui/models/executions_model.h"
#include "ui/models/pulse.h"
#include "ui/models/trigger_instances_model.h"

namespace stormglass::ui {

// Everything the console knows of one instance; pages and docks share it. Thread: Main.
class Session : public QObject
{
    Q_OBJECT

public:
    Session(Instance &instance, const QString &name, InstanceKind kind,
            const Credential &credential, const Clock &clock, QObject *parent = nullptr);

    // Begins to follow and to read.
    void start();
    // Reads everything again.
    void reload() { loadAll(); }

    Connection connection;
    Feed feed;
    TriggerNames triggerNames;
    TriggerInstancesModel events;
    ExecutionsModel executions;
    RulesModel rules;
    SensorsModel sensors;
    ActionsModel actions;
    PacksModel packs;
    TriggerTypesModel triggerTypes;
    Pulse pulse;
    Activity activity;

    const QTimeZone &zone() const { return m_zone; }
    void setZone(const QTimeZone &zone);

signals:
    void zoneChanged();

private:
    void loadAll();

    QTimeZone m_zone;
    QTimer m_tick;
    bool m_isStarted = false;
};

} // namespace stormglass::ui
