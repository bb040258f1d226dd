#pragma once

#include "engine/processes/launcher.h"
#include "engine/sources/process_usage.h"

namespace stormglass {

// How the processes of sensors are started and spoken to; a test puts its own in place of real
// ones. Thread: Io.
class SensorProcesses
{
public:
    virtual ~SensorProcesses() = default;
    virtual Result<Launcher::Started> start(ProcessSpec spec, ProcessEvents events) = 0;
    virtual Result<> write(ProcessHandle handle, const QByteArray &line) = 0;
    // Reads no more events until they are released.
    virtual void hold(ProcessHandle handle) = 0;
    virtual void release(ProcessHandle handle) = 0;
    virtual void stop(ProcessHandle handle, std::chrono::milliseconds grace) = 0;
    virtual std::optional<ProcessUsage> usage(qint64 process) const = 0;
};

class LaunchedSensors final : public SensorProcesses
{
public:
    // Borrows the launcher for its life.
    explicit LaunchedSensors(Launcher &launcher)
        : m_launcher(launcher)
    {
    }

    Result<Launcher::Started> start(ProcessSpec spec, ProcessEvents events) override
    {
        return m_launcher.start(std::move(spec), std::move(events));
    }
    Result<> write(ProcessHandle handle, const QByteArray &line) override
    {
        return m_launcher.write(handle, line);
    }
    void hold(ProcessHandle handle) override { m_launcher.hold(handle, OutputStream::Channel); }
    void release(ProcessHandle handle) override
    {
        m_launcher.release(handle, OutputStream::Channel);
    }
    void stop(ProcessHandle handle, std::chrono::milliseconds grace) override
    {
        m_launcher.stop(handle, grace);
    }
    std::optional<ProcessUsage> usage(qint64 process) const override { return usageOf(process); }

private:
    Launcher &m_launcher;
};

} // namespace stormglass
