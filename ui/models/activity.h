#pragma once

#include "ui/models/connection.h"
#include "ui/models/feed.h"

#include <QHash>
#include <QObject>

#include <deque>

namespace stormglass::ui {

// What is worth a line in the log of the console: failures, restarts, changes of rules, what a
// person asked for, connections lost and found. The last thousand.
class Activity : public QObject
{
    Q_OBJECT

public:
    enum class Weight { Note, Good, Warning, Failure };
    struct Entry
    {
        Timestamp time;
        Weight weight = Weight::Note;
        QString text;
    };

    Activity(Connection &connection, Feed &feed, QObject *parent = nullptr);
    const std::deque<Entry> &entries() const { return m_entries; }
    void add(Weight weight, const QString &text);

signals:
    void added(const stormglass::ui::Activity::Entry &entry);

private:
    void take(const std::vector<Change> &changes);
    void takeExecution(const Change &change);
    void takeSensor(const Change &change);
    void takeState();

    Connection &m_connection;
    std::deque<Entry> m_entries;
    QHash<QString, QString> m_sensorStates;
};

} // namespace stormglass::ui
