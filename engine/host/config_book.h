#pragma once

#include "engine/expressions/expression.h"
#include "engine/store/pack_store.h"

#include <QHash>

namespace stormglass {

// Packs' configurations as their actions and sensors get them. What is stored is remembered, what
// its templates give is not: the datastore may have changed. Thread: its store's.
class ConfigBook
{
public:
    ConfigBook(PackStore &packs, const Resolver &resolver)
        : m_packs(packs)
        , m_resolver(resolver)
    {
    }

    // For a user; empty for a pack without configuration and schema.
    Result<Value> find(const QString &pack, const QString &user);
    // After content changed.
    void forget() { m_remembered.clear(); }

private:
    struct Stored
    {
        Value attributes;
        Value values;
    };
    Result<Stored> stored(const QString &pack);

    // Names of packs come from requests too.
    static constexpr qsizetype rememberedAtMost = 1'000;

    PackStore &m_packs;
    const Resolver &m_resolver;
    QHash<QString, Stored> m_remembered;
};

} // namespace stormglass
