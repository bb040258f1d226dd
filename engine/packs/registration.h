#pragma once

#include "engine/packs/pack_reading.h"

#include <functional>

namespace stormglass {

// One pack on its way from files into rows: what is still to be taken, and what came of it so far.
// Thread: engine.
struct Registration
{
    // How much of each kind is there now.
    struct Summary
    {
        int actions = 0;
        int rules = 0;
        int sensors = 0;
        int triggerTypes = 0;
        int aliases = 0;
        int policies = 0;
        int configs = 0;
        // By kind.
        QHash<QString, int> overridden;
        std::vector<PackProblem> problems;
    };

    explicit Registration(ReadPack pack)
        : read(std::move(pack))
    {
    }

    // Up to `most` of what is left from `from` on, each handed to `take`. What is refused is a
    // problem of its file; trouble ends it. True when all are taken.
    template <typename Noun, typename Take>
    Result<bool> drain(std::vector<Noun> &nouns, std::size_t &from, std::size_t &most, Take take)
    {
        for (; from < nouns.size() && most > 0; ++from, --most) {
            const Result<> taken = take(nouns[from]);
            if (taken)
                continue;
            if (!taken.error().isRefusal())
                return failure(taken.error());
            read.refuse(nouns[from].metadataFile, taken.error());
        }
        return from == nouns.size();
    }

    Summary summary() const
    {
        const auto number = [](const auto &nouns) { return static_cast<int>(nouns.size()); };
        return {number(read.actions),      number(read.rules),   number(read.sensors),
                number(read.triggerTypes), number(read.aliases), number(read.policies),
                read.config ? 1 : 0,       read.overridden,      read.problems};
    }

    ReadPack read;
    bool hasBegun = false;
    // A rule that was refused may be taken once another pack brings what it needs.
    bool hasRefusedRules = false;
    // How far each kind has come.
    struct
    {
        std::size_t triggerTypes = 0;
        std::size_t sensors = 0;
        std::size_t actions = 0;
        std::size_t rules = 0;
        std::size_t aliases = 0;
        std::size_t policies = 0;
    } next;
};

using RegisterPacks
    = std::function<void(const QStringList &packs,
                         std::function<void(Result<std::vector<Registration::Summary>>)> done)>;

} // namespace stormglass
