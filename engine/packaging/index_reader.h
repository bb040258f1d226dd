#pragma once

#include "engine/packaging/commands.h"
#include "engine/packaging/pack_index.h"
#include "engine/packaging/packaging_settings.h"

#include <vector>

namespace stormglass {

// The catalogues of packs: downloaded when they are asked for and the last answer is old, kept on
// disk for when one cannot be reached. Thread: engine.
class IndexReader
{
public:
    using Take = std::function<void(const PackIndex &)>;

    IndexReader(const PackagingSettings &settings, const Clock &clock, Commands &commands);

    // At once where what is known is not too old. Never fails: the index says what of it could not be
    // read.
    void want(Take take);
    // Downloads again, whatever is known.
    void wantFresh(Take take);

private:
    void download();
    void take(std::size_t position, const Result<CommandEnd> &end);
    IndexPart partOf(std::size_t position, const Result<CommandEnd> &end) const;
    IndexPart keptPart(std::size_t position, const QString &message) const;
    QString fileOf(std::size_t position) const;
    void finish();

    const PackagingSettings &m_settings;
    const Clock &m_clock;
    Commands &m_commands;
    PackIndex m_index;
    Instant m_read = {};
    bool m_isRead = false;
    std::vector<Take> m_waiting;
    // While it downloads: what has come, and how many are awaited.
    std::vector<IndexPart> m_parts;
    std::size_t m_awaited = 0;
};

} // namespace stormglass
