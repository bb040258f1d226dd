#pragma once

#include "engine/base/result.h"
#include "engine/model/action.h"
#include "engine/store/action_store.h"
#include "engine/store/pack_store.h"
#include "engine/store/runner_type_store.h"

#include <QHash>

#include <memory>

namespace stormglass {

// An action with everything that running and showing it needs, worked out once.
struct CatalogueEntry
{
    Action action;
    RunnerType runner;
    // As the API shows them.
    Value actionDocument;
    Value runnerDocument;
    // Runner and action parameters laid over each other, and the schema they make, ready for many
    // (withNullAllowed()).
    Value parameters;
    Value schema;
    bool hasSecrets = false;
    // Absolute; empty if the pack is not there.
    QString packPath;
};
using CatalogueEntryPointer = std::shared_ptr<const CatalogueEntry>;

// Actions by ref, remembered. Thread: its stores'.
class Catalogue
{
public:
    Catalogue(ActionStore &actions, RunnerTypeStore &runnerTypes, PackStore &packs)
        : m_actions(actions)
        , m_runnerTypes(runnerTypes)
        , m_packs(packs)
    {
    }

    // NotFound if there is no such action: `Action "x.y" cannot be found.`
    Result<CatalogueEntryPointer> find(const Ref &action);
    // After content changed.
    void forget() { m_entries.clear(); }

private:
    // Beyond it everything is forgotten: requests for unknown names must not fill memory, and no
    // catalogue is larger.
    static constexpr qsizetype rememberedAtMost = 20'000;

    ActionStore &m_actions;
    RunnerTypeStore &m_runnerTypes;
    PackStore &m_packs;
    QHash<Ref, CatalogueEntryPointer> m_entries;
};

} // namespace stormglass
