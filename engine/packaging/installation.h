#pragma once

#include "engine/packaging/environment_build.h"
#include "engine/packaging/pack_operation.h"
#include "engine/packaging/package_folders.h"
#include "engine/packs/registrar.h"

namespace stormglass {

// Carries out a plan: environments are made beside what is in use, then folders change places and
// content is registered, all of it or nothing. Thread: engine.
class Installation
{
public:
    struct Surroundings
    {
        const PackagingSettings &settings;
        Commands &commands;
        Registrar &registrar;
        const Clock &clock;
        // Work of its own in the current batch: undone if it fails.
        std::function<Result<>(const std::function<Result<>()> &)> attempt;
        CommandChain::Progress progress;
        // Writes the operation down before folders begin to move.
        std::function<Result<>()> keep;
    };
    // May destroy the installation.
    using Done = std::function<void(Result<>)>;

    // Fills in the plan of the operation while it goes on; borrows it for its life.
    Installation(Surroundings surroundings, PackOperation &operation);

    void begin(Done done);
    // `done` follows, with an error; without effect once folders move.
    void cancel();

    // What a crash in the middle of moving folders left undone; for one whose state is Committing.
    Result<> complete();

private:
    void buildNext();
    void commit();
    Result<> commitAll();
    Result<> expectUnchanged() const;
    void describe(PlannedPack &pack) const;
    Result<> moveFolders(const PlannedPack &pack) const;
    Result<> registerAll();
    void takeBack();
    PackageFolders folders() const;
    void finish(Result<> result);

    Surroundings m_surroundings;
    PackOperation &m_operation;
    const PackageLayout m_layout;
    EnvironmentBuild m_build;
    Done m_done;
    bool m_isCanceled = false;
    std::size_t m_built = 0;
    // Packs whose folders moved.
    std::size_t m_moved = 0;
};

} // namespace stormglass
