#pragma once

#include "engine/packaging/installation.h"
#include "engine/packaging/planner.h"

#include <map>

namespace stormglass {

// Every operation on packs there is and was: planned at once, carried out one at a time, written
// down so that a restart goes on or says what became of it. Thread: engine.
class PackOperations
{
public:
    struct Surroundings
    {
        const PackagingSettings &settings;
        const Clock &clock;
        IdGenerator &ids;
        Commands &commands;
        IndexReader &index;
        PackStore &packs;
        RuleStore &rules;
        Registrar &registrar;
        std::function<void(std::function<void()>)> post;
        std::function<Result<>(const std::function<Result<>()> &)> attempt;
        // Everybody who follows the engine hears of each change.
        std::function<void(const PackOperation &)> changed;
    };
    using Follow = std::function<void(const PackOperation &)>;

    explicit PackOperations(Surroundings surroundings);
    ~PackOperations();

    // What a former run left: begun moves of folders are completed, other work is given up, plans
    // can still be carried out. Once, before packs are registered.
    void recover();

    // Begins to plan. Unavailable while too many are open.
    Result<PackOperation> begin(OperationRequest request, Follow follow = {});
    // The source as it may be stored: user and password of its address are kept here, in memory,
    // for when it is asked for without them.
    QString withoutSecret(const QString &source);
    // Conflict unless it is planned and nothing speaks against it.
    Result<PackOperation> carryOut(const QString &id);
    // Drops a plan, or stops what runs. Conflict once folders move, or when it is over.
    Result<PackOperation> cancel(const QString &id);

    // Newest first.
    std::vector<PackOperation> all() const;
    Result<PackOperation> get(const QString &id) const;

private:
    struct Entry
    {
        PackOperation operation;
        Follow follow;
        std::unique_ptr<Planner> planner;
        std::unique_ptr<Installation> installation;
    };

    void plan(Entry &entry);
    void planned(Entry &entry, Result<Plan> plan);
    void wait(Entry &entry);
    void runNext();
    void install(Entry &entry);
    Installation::Surroundings installing(Entry &entry);
    void finish(Entry &entry, const Result<> &result);
    void tell(Entry &entry);
    void progress(const QString &id, const QString &title, const QString &line);
    Result<> keep(const PackOperation &operation) const;
    void recover(PackOperation operation);
    void cleanUp();
    QStringList leftOver() const;
    void forgetOld();
    Entry *find(const QString &id);

    Surroundings m_surroundings;
    const PackageLayout m_layout;
    // By id, so oldest first.
    std::map<QString, std::unique_ptr<Entry>> m_entries;
    // The one that is carried out; empty if none is.
    QString m_running;
    // Address → the source that it was written as, with user and password.
    std::map<QString, PackSource> m_secrets;
    bool m_isCleaning = false;
    // Something was left meanwhile.
    bool m_cleansAgain = false;
};

} // namespace stormglass
