#pragma once

#include "engine/sources/sensor_processes.h"

#include <map>

namespace stormglass {

// Sensor processes that live in a test's head.
class StubSensorProcesses final : public SensorProcesses
{
public:
    struct Process
    {
        ProcessSpec spec;
        ProcessEvents events;
        QByteArrayList told = {};
        bool isHeld = false;
        int stops = 0;
        bool isThere = true;

        void says(const QByteArray &line) const
        {
            events.output(OutputStream::Channel, line + '\n');
        }
        void prints(const QByteArray &text) const { events.output(OutputStream::Out, text); }
    };

    Result<Launcher::Started> start(ProcessSpec spec, ProcessEvents events) override
    {
        if (!refusal.isEmpty())
            return failure(ErrorCode::NotFound, refusal);
        processes.push_back(std::make_unique<Process>(Process{std::move(spec), std::move(events)}));
        return Launcher::Started{processes.size(), 1'000 + qint64(processes.size())};
    }
    Result<> write(ProcessHandle handle, const QByteArray &line) override
    {
        if (isDeaf)
            return failure(ErrorCode::Unavailable, QStringLiteral("it does not read its input"));
        processes[handle - 1]->told.append(line.trimmed());
        return {};
    }
    void hold(ProcessHandle handle) override { processes[handle - 1]->isHeld = true; }
    void release(ProcessHandle handle) override { processes[handle - 1]->isHeld = false; }
    void stop(ProcessHandle handle, std::chrono::milliseconds) override
    {
        ++processes[handle - 1]->stops;
    }
    std::optional<ProcessUsage> usage(qint64 process) const override
    {
        return process > 0 ? std::optional(used) : std::nullopt;
    }

    Process &last() { return *processes.back(); }
    std::size_t count() const { return processes.size(); }
    void exits(int code, ProcessExit::Cause cause = ProcessExit::Cause::Exited)
    {
        // The run that is called may be gone afterwards.
        const auto exited = last().events.exited;
        last().isThere = false;
        exited({cause, code, 0});
    }

    std::vector<std::unique_ptr<Process>> processes;
    QString refusal;
    bool isDeaf = false;
    ProcessUsage used;
};

} // namespace stormglass
