#pragma once

#include "engine/host/registration_demands.h"
#include "engine/packs/registrar.h"
#include "engine/pipeline/pipeline.h"

#include <chrono>
#include <deque>

namespace stormglass {

// Keeps rows in step with packs' folders: has them read elsewhere, a few at a time, and takes what
// was read into rows, a bounded number a batch, so that nothing waits for a large catalogue. Rules
// come last, when the trigger types of all packs are there. What a batch could not keep is read
// again. Thread: engine.
class ContentKeeper
{
public:
    // What leaves this thread; each only hands over.
    struct Outward
    {
        // Answered by take().
        std::function<void(PackOrder)> read;
        // Runs it in a later batch.
        std::function<void(std::function<void()>)> later;
        // The same, not before some time has passed.
        std::function<void(std::chrono::milliseconds, std::function<void()>)> after;
        // By folder, what to call what happens in it: a pack's name, or nothing for all.
        std::function<void(QHash<QString, QString>)> watch;
    };
    using Registered = RegistrationDemands::Registered;

    ContentKeeper(QStringList bases, ContentFolders folders, Pipeline &pipeline, Outbox &outbox,
                  Registrar &registrar, Outward outward);

    // Everything: packs that came, changed or went. What did not change costs a look at its files.
    void scan();
    // Packs in whose folders something happened.
    void look(const QStringList &packs);
    void take(ReadPack pack);
    // Called in the batch that takes the last of what there is to do now.
    void whenSettled(std::function<void()> settled);
    // Something is being read, or was read and is not all in rows yet.
    bool isRegistering() const;
    // Reads packs whatever their files look like, all of them where none is named, and tells what
    // came of it once that is committed. Invalid for a name that no folder has.
    void registerNow(const QStringList &packs, Registered registered);

private:
    // Rows a batch; what a batch may keep others waiting for.
    static constexpr std::size_t rowsAtOnce = 300;
    // Some are read while others are taken.
    static constexpr int readAtOnce = 4;
    // Between the two renamings of an upgrade by hand a pack is not there.
    static constexpr std::chrono::milliseconds grace{2'000};
    // After trouble, such as a full disk.
    static constexpr std::chrono::milliseconds retryDelay{5'000};

    bool isSettled() const;
    void order(const QStringList &folders);
    void pump();
    void step();
    void work();
    // True when all of it is taken, false when the batch has enough.
    using TakeSome = std::function<Result<bool>(Registration &)>;
    // Takes from the front of a queue; what is done is handed on.
    void drain(std::deque<Registration> &queue, const TakeSome &takeSome,
               const std::function<void(Registration &&)> &done);
    void followBatch(const QString &folder);
    void endBatch(const Result<> &committed);
    void retry(const QString &folder);
    void lookForMissed(const QStringList &folders);
    bool remove(const Pack &pack);
    void settle();
    QHash<QString, QString> watched(const QStringList &folders) const;

    const QStringList m_bases;
    const ContentFolders m_folders;
    Pipeline &m_pipeline;
    Outbox &m_outbox;
    Registrar &m_registrar;
    Outward m_outward;
    QStringList m_toRead;
    int m_reading = 0;
    // Pack → the newest order of it that was taken.
    QHash<QString, std::uint64_t> m_newest;
    std::deque<Registration> m_content;
    std::deque<Registration> m_rules;
    bool m_isStepping = false;
    // Folders of packs that the present batch writes of; empty once it is kept.
    QSet<QString> m_unkept;
    // Those that it finishes.
    std::vector<Registration> m_finished;
    // Paths of packs that a look did not find; true: for long enough.
    QHash<QString, bool> m_missed;
    // Folders that wait to be tried again.
    QSet<QString> m_retrying;
    RegistrationDemands m_demands;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace stormglass
