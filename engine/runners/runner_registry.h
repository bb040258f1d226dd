#pragma once

#include "engine/processes/python_host.h"
#include "engine/runners/announcement_runner.h"
#include "engine/runners/runner.h"
#include "engine/runners/runner_settings.h"

#include <map>

namespace stormglass {

// Which runner runs which type. Thread: Io.
class RunnerRegistry
{
public:
    void add(const QString &type, std::unique_ptr<Runner> runner);
    // None for a type that no runner here runs. `_` counts as `-`.
    Runner *find(const QString &type) const;

private:
    std::map<QString, std::unique_ptr<Runner>> m_runners;
};

// Every runner this program has. What it borrows must outlive it.
RunnerRegistry makeRunners(Reactor &reactor, Launcher &launcher, PythonHost &python,
                           const RunnerSettings &settings, Announce announce);

} // namespace stormglass
