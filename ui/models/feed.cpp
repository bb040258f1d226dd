#include "ui/models/feed.h"

namespace stormglass::ui {

using namespace std::chrono_literals;

Feed::Feed(Instance &instance, QObject *parent)
    : QObject(parent)
    , m_instance(instance)
{
    m_timer.setInterval(33ms);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Feed::flush);
    connect(&m_instance, &Instance::changed, this, &Feed::take);
}

void Feed::start()
{
    follow();
}

void Feed::wantOutput()
{
    if (++m_outputWanted == 1)
        follow();
}

void Feed::releaseOutput()
{
    if (--m_outputWanted == 0)
        follow();
}

void Feed::follow()
{
    ChangeFilter filter;
    filter.events = {QStringLiteral("st2.execution__*"),   QStringLiteral("st2.triggerinstance__*"),
                     QStringLiteral("st2.rule__*"),        QStringLiteral("st2.sensor*"),
                     QStringLiteral("st2.action__*"),      QStringLiteral("st2.pack__*"),
                     QStringLiteral("st2.enforcement__*"), QStringLiteral("stormglass.*")};
    if (m_outputWanted > 0)
        filter.events.append(QStringLiteral("st2.execution.output__*"));
    m_instance.follow(filter, m_last);
}

void Feed::take(const Change &change)
{
    m_last = qMax(m_last, change.number);
    if (change.event == QLatin1String("stormglass.reset")) {
        m_gathered.clear();
        m_isResetNeeded = true;
    } else {
        if (change.event == QLatin1String("st2.triggerinstance__create"))
            ++m_events;
        m_gathered.push_back(change);
        // Older ones would be pushed out of every list by the newer ones anyway.
        if (m_gathered.size() >= 2 * limit)
            m_gathered.erase(m_gathered.begin(),
                             m_gathered.begin() + static_cast<std::ptrdiff_t>(limit));
    }
    if (!m_timer.isActive())
        m_timer.start();
}

void Feed::flush()
{
    m_timer.stop();
    if (m_isResetNeeded) {
        m_isResetNeeded = false;
        emit resetNeeded();
    }
    if (m_gathered.empty())
        return;
    std::vector<Change> changes;
    changes.swap(m_gathered);
    emit arrived(changes);
}

} // namespace stormglass::ui
