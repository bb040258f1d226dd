#pragma once

#include "engine/packaging/index_reader.h"
#include "engine/packaging/pack_fetch.h"
#include "engine/packaging/pack_manifest.h"
#include "engine/packaging/pack_operation.h"
#include "engine/packaging/package_layout.h"
#include "engine/store/pack_store.h"
#include "engine/store/rule_store.h"

#include <deque>
#include <memory>

namespace stormglass {

// From what somebody asks to what it would do: sources resolved and fetched, dependencies followed,
// both versions compared. Changes nothing but the operation's own folder. Thread: engine.
class Planner
{
public:
    struct Surroundings
    {
        const PackagingSettings &settings;
        Commands &commands;
        IndexReader &index;
        PackStore &packs;
        RuleStore &rules;
        // Runs it later, on this thread.
        std::function<void(std::function<void()>)> post;
        CommandChain::Progress progress;
    };
    // May destroy the planner.
    using Done = std::function<void(Result<Plan>)>;

    Planner(Surroundings surroundings, OperationRequest request, QString operation);
    ~Planner();
    Planner(const Planner &) = delete;

    void begin(Done done);
    // `done` follows, with an error.
    void cancel();

private:
    struct Wanted
    {
        PackSource source;
        // As it was asked for.
        QString written;
        QString neededBy;
        int depth = 0;
    };

    void beginInstall();
    void want(const Wanted &wanted);
    void fail(const Wanted &wanted, const Error &error);
    void next();
    void resolve(Wanted wanted, const PackIndex &index);
    Result<PackSource> indexed(const Wanted &wanted, const PackIndex &index) const;
    void fetch(const Wanted &wanted, PackSource source);
    void fetched(const Wanted &wanted, const QString &folder, const Result<QString> &revision);
    Result<> take(const Wanted &wanted, const QString &folder, const QString &revision);
    Result<> expectAcceptable(const Wanted &wanted, const PackManifest &manifest) const;
    void followDependencies(const PackManifest &manifest, const Wanted &wanted);
    void follow(const PackDependency &dependency, const QString &pack, int depth);
    QString plannedVersion(const QString &name) const;
    QString installedVersion(const QString &name) const;

    void planInstalled();
    Result<PlannedPack> plannedRemoval(const QString &ref) const;
    Result<PlannedPack> plannedRollBack(const QString &ref) const;
    Result<PlannedPack> plannedEnvironment(const QString &ref) const;

    void compareNext();
    void compareStep();
    void compared();
    QStringList affectedBy(const PlannedPack &pack) const;
    void finish();
    void finish(Result<Plan> plan);
    void later(void (Planner::*step)());

    Surroundings m_surroundings;
    const OperationRequest m_request;
    const PackageLayout m_layout;
    const QString m_operation;
    PackFetch m_fetch;
    Done m_done;
    bool m_isCanceled = false;
    std::deque<Wanted> m_queue;
    int m_fetches = 0;
    Plan m_plan;
    // While contents are compared.
    std::size_t m_compared = 0;
    std::unique_ptr<ContentReader> m_before;
    std::unique_ptr<ContentReader> m_after;
    // Set while this lives, for what comes later. Shared with it only.
    std::shared_ptr<Planner *> m_self = std::make_shared<Planner *>(this);
};

} // namespace stormglass
