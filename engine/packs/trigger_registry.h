#pragma once

#include "engine/base/id.h"
#include "engine/packs/content_observer.h"
#include "engine/store/trigger_store.h"

#include <functional>

namespace stormglass {

// Trigger types and the triggers made of them: which exist, and which a rule's saving or going
// brings or takes (events.md 1.2, 1.3). Thread: engine.
class TriggerRegistry
{
public:
    TriggerRegistry(IdGenerator &ids, TriggerStore &store, ContentObserver &observer);

    // What holds for parameters beyond their schema; Invalid if it does not.
    using CheckParameters = std::function<Result<>(const Ref &type, const Value &parameters)>;
    void setCheckParameters(CheckParameters check) { m_check = std::move(check); }
    // Whether parameters are held against the schemas of packs' types
    // (`system.validate_trigger_parameters`); those of the engine's own always are.
    void setHoldingToSchemas(bool isHolding) { m_isHoldingToSchemas = isHolding; }

    // Called when a type comes that was not there, within the transaction that brings it.
    void whenTypeComes(std::function<Result<>(const Ref &type)> came) { m_came = std::move(came); }

    // Keeps the id of one that is there. A type without parameters gets its trigger of the same
    // name.
    Result<> saveType(TriggerType type);
    Result<> removeType(const TriggerType &type);

    // The trigger a rule names: found, or made. Invalid if the type has no such trigger, or refuses
    // the parameters.
    Result<Trigger> triggerFor(const Ref &type, const Value &parameters);

    // A trigger that somebody named, not a rule; the one that is there if the name is taken.
    Result<Trigger> add(Trigger trigger);
    Result<> replace(const Trigger &before, const Trigger &trigger);
    Result<> remove(const Trigger &trigger);

    // A rule began or ended to use it; one that nothing uses goes.
    Result<> hold(const Id &trigger);
    Result<> release(const Id &trigger);

private:
    Result<> checkParameters(const std::optional<TriggerType> &type, const Ref &ref,
                             const Value &parameters) const;
    Result<> checkTrigger(const Trigger &trigger) const;
    Result<> saveShadow(const TriggerType &type);
    Result<Trigger> make(const Ref &type, const Value &parameters);

    IdGenerator &m_ids;
    TriggerStore &m_store;
    ContentObserver &m_observer;
    CheckParameters m_check;
    std::function<Result<>(const Ref &type)> m_came;
    bool m_isHoldingToSchemas = true;
};

} // namespace stormglass
