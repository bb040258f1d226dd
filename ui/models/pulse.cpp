#include "ui/models/pulse.h"

namespace stormglass::ui {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype remembered = 120;
constexpr int askEvery = 3;
// A rate over a few seconds does not flicker.
constexpr qsizetype averaged = 5;

} // namespace

Pulse::Pulse(Connection &connection, Feed &feed, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_feed(feed)
    , m_series(remembered, 0.0)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &Pulse::beat);
    connect(&m_connection, &Connection::stateChanged, this, &Pulse::ask);
}

void Pulse::start()
{
    m_counted = m_feed.events();
    m_timer.start();
    ask();
}

void Pulse::beat()
{
    const std::uint64_t counted = m_feed.events();
    m_series.append(static_cast<double>(counted - m_counted));
    m_series.removeFirst();
    m_counted = counted;
    if (++m_beats % askEvery == 0)
        ask();
    emit beaten();
}

double Pulse::currentRate() const
{
    double sum = 0;
    for (qsizetype i = m_series.size() - averaged; i < m_series.size(); ++i)
        sum += m_series[i];
    return sum / static_cast<double>(averaged);
}

std::int64_t Pulse::executions(const char *status) const
{
    return m_stats["executions"][status].toIntOr(0);
}

std::int64_t Pulse::running() const
{
    return executions("running");
}

std::int64_t Pulse::waiting() const
{
    return executions("requested") + executions("scheduled") + executions("delayed")
        + executions("pending") + executions("paused");
}

void Pulse::ask()
{
    if (m_isAsking)
        return;
    m_isAsking = true;
    m_connection.get(QStringLiteral("/stats"), {}, Reply<Value>(this, [this](Result<Value> stats) {
                         m_isAsking = false;
                         m_failure = stats ? QString() : stats.error().message;
                         if (stats)
                             m_stats = *stats;
                         emit statsChanged();
                     }));
}

} // namespace stormglass::ui
