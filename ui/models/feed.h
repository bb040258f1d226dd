#pragma once

#include "engine/instance/instance.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace stormglass::ui {

// The changes of one instance, brought to models thirty times a second however many there are. What
// comes faster than a person can see is let go, counted exactly, and told by `lost`. Thread: Main.
class Feed : public QObject
{
    Q_OBJECT

public:
    explicit Feed(Instance &instance, QObject *parent = nullptr);

    // Follows from now on; output of executions only while somebody wants it.
    void start();
    void wantOutput();
    void releaseOutput();

    // Trigger instances that came, lost ones included.
    std::uint64_t events() const { return m_events; }
    // Brings what has gathered at once; the timer does the same.
    void flush();

signals:
    void arrived(const std::vector<stormglass::Change> &changes);
    // Everything is to be read again.
    void resetNeeded();

private:
    void take(const Change &change);
    void follow();

    static constexpr std::size_t limit = 4'000;

    Instance &m_instance;
    QTimer m_timer;
    std::vector<Change> m_gathered;
    ChangeNumber m_last = 0;
    std::uint64_t m_events = 0;
    int m_outputWanted = 0;
    bool m_isResetNeeded = false;
};

} // namespace stormglass::ui
