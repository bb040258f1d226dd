#pragma once

#include "engine/packaging/command_chain.h"
#include "engine/packaging/pack_source.h"
#include "engine/packaging/packaging_settings.h"

namespace stormglass {

// Brings what one source holds into a folder of our own: cloned, downloaded, unpacked or copied,
// the wanted revision checked out, and held against what must not become a pack. Thread: engine.
class PackFetch
{
public:
    // The commit that was taken; empty where there is none.
    using Done = std::function<void(Result<QString>)>;

    PackFetch(const PackagingSettings &settings, Commands &commands,
              CommandChain::Progress progress);

    // The folder must not be there yet; its parent must. The source is no name of the catalogue.
    void begin(const PackSource &source, const QString &folder, Done done);
    void cancel() { m_chain.cancel(); }

private:
    std::deque<CommandChain::Step> gitSteps(const PackSource &source);
    std::deque<CommandChain::Step> archiveSteps(const PackSource &source);
    CommandChain::Step checkStep() const;
    Result<std::optional<ProcessSpec>> checkOut(const QByteArray &answer);
    Error unknownVersion() const;

    const PackagingSettings &m_settings;
    CommandChain m_chain;
    PackSource m_source;
    QString m_folder;
    QString m_revision;
    // What `git tag` listed.
    QByteArray m_tags;
};

// Which revisions a wanted version may mean, the first that is there being it (content.md 12.3,
// point 5).
QStringList revisionsFor(const QString &version);

struct FoundRevision
{
    // One of revisionsFor.
    QString asked;
    QString commit;
};
// From what `git cat-file --batch-check` answered about them, a line each; none if there is none of
// them.
std::optional<FoundRevision> revisionIn(const QString &version, const QByteArray &answer);
// What of a list of tags can be asked for as a version.
QStringList versionsIn(const QByteArray &tags);

} // namespace stormglass
