#pragma once

#include "ui/models/connection.h"
#include "ui/models/feed.h"

#include <QObject>
#include <QTimer>

namespace stormglass::ui {

// How the engine is doing: events a second over the last two minutes, what runs and waits, how fast
// it answers, and what the welcome pack offers. Counted from the stream; the engine's own figures
// are asked for every few seconds.
class Pulse : public QObject
{
    Q_OBJECT

public:
    Pulse(Connection &connection, Feed &feed, QObject *parent = nullptr);

    void start();
    // One second has passed; the timer does the same.
    void beat();

    const QList<double> &eventsPerSecond() const { return m_series; }
    double currentRate() const;
    // The engine's answer to `/stats`; null until it came.
    const Value &stats() const { return m_stats; }
    std::int64_t executions(const char *status) const;
    std::int64_t running() const;
    std::int64_t waiting() const;
    // Why figures are missing; empty while all is well.
    const QString &failure() const { return m_failure; }

signals:
    void beaten();
    void statsChanged();

private:
    void ask();

    Connection &m_connection;
    Feed &m_feed;
    QTimer m_timer;
    QList<double> m_series;
    std::uint64_t m_counted = 0;
    Value m_stats;
    QString m_failure;
    int m_beats = 0;
    bool m_isAsking = false;
};

} // namespace stormglass::ui
