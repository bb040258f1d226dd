#pragma once

#include "engine/packaging/command_chain.h"
#include "engine/packaging/packaging_settings.h"

namespace stormglass {

// Makes a pack's Python environment where it will stay, with what its requirements.txt asks for.
// Thread: engine.
class EnvironmentBuild
{
public:
    using Done = std::function<void(Result<>)>;

    EnvironmentBuild(const PackagingSettings &settings, Commands &commands,
                     CommandChain::Progress progress);

    struct Order
    {
        QString pack;
        // Where the pack's files are now.
        QString packFolder;
        QString environment;
        // Installed one by one, if they can be had.
        QStringList provided;
        Environment variables;
        // Zero: as the settings have it.
        std::chrono::seconds timeout{0};
        // Hears what could not be had.
        std::function<void(const QString &)> warn;
    };
    void begin(const Order &order, Done done);
    void cancel() { m_chain.cancel(); }

private:
    const PackagingSettings &m_settings;
    CommandChain m_chain;
};

} // namespace stormglass
