#pragma once

#include "engine/packs/registrar.h"
#include "engine/pipeline/pipeline.h"

#include <deque>

namespace stormglass {

// Keeps rows in step with packs' folders: has them read elsewhere, one or two at a time, and takes
// what was read into rows, a bounded number a batch, so that nothing waits for a large catalogue.
// Rules come last, when the trigger types of all packs are there. Thread: engine.
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
        // By folder, what to call what happens in it: a pack's name, or nothing for all.
        std::function<void(QHash<QString, QString>)> watch;
    };

    ContentKeeper(QStringList bases, ContentFolders folders, Pipeline &pipeline,
                  Registrar &registrar, Outward outward);

    // Everything: packs that came, changed or went. What did not change costs a look at its files.
    void scan();
    // Packs in whose folders something happened.
    void look(const QStringList &packs);
    void take(ReadPack pack);
    // Called in the batch that takes the last of what there is to do now.
    void whenSettled(std::function<void()> settled);

private:
    // Rows a batch; what a batch may keep others waiting for.
    static constexpr std::size_t rowsAtOnce = 300;
    // One is read while another is taken.
    static constexpr int readAtOnce = 2;

    bool isSettled() const;
    void order(const QStringList &folders);
    void pump();
    void step();
    void work();
    // Takes from the front of a queue until nothing of `most` is left; what is done is handed on.
    void drain(std::deque<Registration> &queue, std::size_t &most,
               Result<bool> (Registrar::*takeSome)(Registration &, std::size_t &),
               const std::function<Result<>(Registration &&)> &done);
    void settle();
    QHash<QString, QString> watched(const QStringList &folders) const;

    const QStringList m_bases;
    const ContentFolders m_folders;
    Pipeline &m_pipeline;
    Registrar &m_registrar;
    Outward m_outward;
    QStringList m_toRead;
    int m_reading = 0;
    std::deque<Registration> m_content;
    std::deque<Registration> m_rules;
    bool m_isStepping = false;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace stormglass
