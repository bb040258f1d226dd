#include "engine/packaging/environment_build.h"

#include "engine/packaging/tool_commands.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stormglass {

EnvironmentBuild::EnvironmentBuild(const PackagingSettings &settings, Commands &commands,
                                   CommandChain::Progress progress)
    : m_settings(settings)
    , m_chain(commands, std::move(progress))
{
}

void EnvironmentBuild::begin(const Order &order, Done done)
{
    QDir().mkpath(QFileInfo(order.environment).path());
    std::deque<CommandChain::Step> steps;
    steps.push_back(plainStep(u"Making the Python environment of %1"_s.arg(order.pack),
                              makeEnvironmentCommand(m_settings, order.environment)));
    const QString requirements = order.packFolder + u"/requirements.txt"_s;
    if (QFileInfo::exists(requirements)) {
        ProcessSpec install = installCommand(m_settings, order.environment, {u"-r"_s, requirements},
                                             order.variables);
        // Paths in the file are relative to the pack.
        install.workingDirectory = order.packFolder;
        if (order.timeout.count() > 0)
            install.timeout = order.timeout;
        steps.push_back(
            plainStep(u"Installing the requirements of %1"_s.arg(order.pack), std::move(install)));
    }
    for (const QString &each : order.provided) {
        CommandChain::Step step
            = plainStep(u"Installing %1, which %2 expects beside it"_s.arg(each, order.pack),
                        installCommand(m_settings, order.environment, {each}, order.variables));
        step.forgive = [warn = order.warn](const Error &error) { warn(error.message); };
        steps.push_back(std::move(step));
    }
    m_chain.run(std::move(steps), [done = std::move(done)](const Result<QByteArray> &result) {
        done(result ? Result<>() : Result<>(failure(result.error())));
    });
}

} // namespace stormglass
