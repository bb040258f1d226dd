#pragma once

#include <QObject>

#include <functional>

namespace stormglass {

// Turns SIGTERM, SIGINT and SIGHUP into a call on the Qt loop; the second one ends the program at
// once. Ignores SIGPIPE. Made once, before any other thread starts. Thread: main.
class StopSignals final : public QObject
{
    Q_OBJECT

public:
    explicit StopSignals(std::function<void()> stop, QObject *parent = nullptr);
    ~StopSignals() override;

private:
    void take();

    std::function<void()> m_stop;
    int m_descriptor = -1;
    bool m_isStopping = false;
};

} // namespace stormglass
