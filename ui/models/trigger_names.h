#pragma once

#include "ui/models/connection.h"

#include <QHash>
#include <QObject>

namespace stormglass::ui {

// What the triggers stand for that rules made: their own names are made up, so a person is shown
// their type and parameters. Learns them from the instance when a name is met that is not known.
class TriggerNames : public QObject
{
    Q_OBJECT

public:
    explicit TriggerNames(Connection &connection, QObject *parent = nullptr);

    // The type's ref, or the name itself as long as it is not known.
    QString typeOf(const QString &trigger) const;
    // `unit=seconds  delta=5`; empty where it has none.
    QString parametersOf(const QString &trigger) const;
    void learn(const QString &trigger);
    void load();

signals:
    void learned();

private:
    Connection &m_connection;
    QHash<QString, Value> m_triggers;
    bool m_isAsking = false;
    // Names that were not there when asked last; asked for again only with a reset.
    QHash<QString, bool> m_unknown;
};

} // namespace stormglass::ui
