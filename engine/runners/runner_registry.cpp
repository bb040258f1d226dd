#include "engine/runners/runner_registry.h"

#include "engine/runners/http_runner.h"
#include "engine/runners/local_command_runner.h"
#include "engine/runners/local_script_runner.h"
#include "engine/runners/noop_runner.h"
#include "engine/runners/python_runner.h"

namespace stormglass {

using namespace Qt::StringLiterals;

void RunnerRegistry::add(const QString &type, std::unique_ptr<Runner> runner)
{
    m_runners.insert_or_assign(type, std::move(runner));
}

Runner *RunnerRegistry::find(const QString &type) const
{
    const auto found = m_runners.find(QString(type).replace(u'_', u'-'));
    return found == m_runners.end() ? nullptr : found->second.get();
}

RunnerRegistry makeRunners(Reactor &reactor, Launcher &launcher, PythonHost &python,
                           const RunnerSettings &settings, Announce announce)
{
    RunnerRegistry runners;
    runners.add(u"announcement"_s, std::make_unique<AnnouncementRunner>(std::move(announce)));
    runners.add(u"http-request"_s, std::make_unique<HttpRunner>(reactor, settings));
    runners.add(u"local-shell-cmd"_s,
                std::make_unique<LocalCommandRunner>(reactor, launcher, settings));
    runners.add(u"local-shell-script"_s,
                std::make_unique<LocalScriptRunner>(reactor, launcher, settings));
    runners.add(u"noop"_s, std::make_unique<NoopRunner>());
    runners.add(u"python-script"_s, std::make_unique<PythonRunner>(python, settings));
    return runners;
}

} // namespace stormglass
