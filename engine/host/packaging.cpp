#include "engine/host/packaging.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// The settings, else the environment, else the configuration of the pack `packs` (content.md 12.3).
NetworkSettings networkSettings(const Settings &settings, const Value &config)
{
    const auto first = [&](const QString &set, const char *name) {
        const bool isInEnvironment = qEnvironmentVariableIsSet(name);
        return !set.isEmpty() || isInEnvironment ? set : config[name].toQStringOr({});
    };
    NetworkSettings network;
    network.httpProxy = first(settings.httpProxy, "http_proxy");
    network.httpsProxy = first(settings.httpsProxy, "https_proxy");
    network.noProxy = config["no_proxy"].toQStringOr(settings.noProxy);
    network.certificates = first(settings.proxyCertificates, "proxy_ca_bundle_path");
    return network;
}

PackagingSettings packagingSettings(const Settings &settings, const std::function<Value()> &config)
{
    PackagingSettings result;
    result.dataFolder = settings.dataFolder;
    result.packFolders = settings.packFolders;
    const QString python = settings.python.contains(u'/')
        ? settings.python
        : QStandardPaths::findExecutable(settings.python);
    if (!python.isEmpty())
        result.python = python;
    result.pythonFolder = settings.pythonFolder;
    result.indexes = settings.packIndexes;
    result.indexAge = settings.packIndexAge;
    for (const QString &mirror : settings.packMirrors)
        result.mirrors.emplace_back(mirror.section(u'=', 0, 0), mirror.section(u'=', 1));
    result.wheels
        = settings.wheelsFolder.isEmpty() ? QString() : settings.contentPath(settings.wheelsFolder);
    result.offline = settings.pipOffline;
    result.pipIndex = settings.pipIndex;
    result.network = [settings, config] { return networkSettings(settings, config()); };
    result.commandTimeout = settings.packCommandTimeout;
    return result;
}

ExecutionStatus statusOf(PackActions::Ended ended)
{
    switch (ended) {
    case PackActions::Ended::Succeeded:
        return ExecutionStatus::Succeeded;
    case PackActions::Ended::Failed:
        return ExecutionStatus::Failed;
    case PackActions::Ended::Canceled:
        return ExecutionStatus::Canceled;
    }
    return ExecutionStatus::Failed;
}

} // namespace

Packaging::Packaging(const Settings &settings, Surroundings surroundings, Outward outward)
    : m_settings(packagingSettings(settings, surroundings.config))
    , m_outward(std::move(outward))
    , m_commands(m_outward.commands)
    , m_index(m_settings, surroundings.clock, m_commands)
    , m_operations({m_settings, surroundings.clock, surroundings.ids, m_commands, m_index,
                    surroundings.packs, surroundings.rules, surroundings.registrar,
                    [&mailbox = surroundings.mailbox](std::function<void()> task) {
                        mailbox.post(std::move(task));
                    },
                    surroundings.attempt, surroundings.changed})
    , m_actions({m_settings, m_commands, m_index, m_operations, surroundings.registerPacks})
{
}

void Packaging::beginJob(const Job &job)
{
    PackActions::Order order;
    order.operation = job.runnerParameters["operation"].toQStringOr({});
    order.parameters = job.actionParameters;
    order.parameters.set("timeout", job.runnerParameters["timeout"]);
    order.user = job.user;
    const Id execution = job.execution;
    m_jobs[execution];
    const QString operation = m_actions.begin(
        order,
        {[this, execution](const QString &line) { m_outward.line(execution, line); },
         [this, execution](PackActions::Ended ended, Value result) {
             m_jobs.erase(execution);
             m_outward.ended(execution, {statusOf(ended), std::move(result)});
         }});
    if (const auto found = m_jobs.find(execution); found != m_jobs.end())
        found->second = operation;
}

void Packaging::cancelJob(const Id &execution)
{
    const auto found = m_jobs.find(execution);
    if (found == m_jobs.end())
        return;
    // Once folders move it cannot be stopped, and ends soon.
    const QString operation = found->second;
    (void)m_operations.cancel(operation);
}

} // namespace stormglass
