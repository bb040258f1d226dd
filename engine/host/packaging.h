#pragma once

#include "engine/base/mailbox.h"
#include "engine/host/settings.h"
#include "engine/packaging/pack_actions.h"
#include "engine/runners/runner.h"

#include <unordered_map>

namespace stormglass {

// Pack management as the engine's thread has it, wired together. Thread: engine.
class Packaging
{
public:
    struct Surroundings
    {
        const Clock &clock;
        IdGenerator &ids;
        Mailbox &mailbox;
        PackStore &packs;
        RuleStore &rules;
        Registrar &registrar;
        RegisterPacks registerPacks;
        std::function<Result<>(const std::function<Result<>()> &)> attempt;
        std::function<void(const PackOperation &)> changed;
        // Of the pack `packs`.
        std::function<Value()> config;
    };
    // What reaches the Io thread; each hands over.
    struct Outward
    {
        Commands::Outward commands;
        std::function<void(const Id &execution, const QString &line)> line;
        std::function<void(const Id &execution, Outcome)> ended;
    };

    Packaging(const Settings &settings, Surroundings surroundings, Outward outward);

    PackOperations &operations() { return m_operations; }
    IndexReader &index() { return m_index; }
    void take(CommandNews news) { m_commands.take(std::move(news)); }

    // An action of the pack `packs`.
    void beginJob(const Job &job);
    void cancelJob(const Id &execution);

private:
    const PackagingSettings m_settings;
    Outward m_outward;
    Commands m_commands;
    IndexReader m_index;
    PackOperations m_operations;
    PackActions m_actions;
    // Execution → operation, of those that run.
    std::unordered_map<Id, QString> m_jobs;
};

} // namespace stormglass
