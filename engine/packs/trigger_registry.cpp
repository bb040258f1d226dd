#include "engine/packs/trigger_registry.h"

#include "engine/schema/schema.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

bool hasParameters(const TriggerType &type)
{
    return !type.parametersSchema.entriesOrNone().isEmpty();
}

} // namespace

TriggerRegistry::TriggerRegistry(IdGenerator &ids, TriggerStore &store, ContentObserver &observer)
    : m_ids(ids)
    , m_store(store)
    , m_observer(observer)
{
}

Result<> TriggerRegistry::saveType(TriggerType type)
{
    SG_LET(const std::optional<TriggerType> known, m_store.type(type.ref));
    if (known) {
        type.id = known->id;
        if (type == *known)
            return hasParameters(type) ? Result<>() : saveShadow(type);
        SG_TRY(m_store.updateType(type));
    } else {
        type.id = m_ids.make();
        SG_TRY(m_store.addType(type));
    }
    m_observer.triggerTypeSaved(type);
    if (!hasParameters(type))
        SG_TRY(saveShadow(type));
    return !known && m_came ? m_came(type.ref) : Result<>();
}

Result<> TriggerRegistry::removeType(const TriggerType &type)
{
    SG_LET(const std::vector<Trigger> triggers, m_store.ofType(type.ref));
    for (const Trigger &trigger : triggers) {
        SG_TRY(m_store.remove(trigger.id));
        m_observer.triggerRemoved(trigger);
    }
    SG_TRY(m_store.removeType(type.id));
    m_observer.triggerTypeRemoved(type.ref);
    return {};
}

Result<Trigger> TriggerRegistry::triggerFor(const Ref &type, const Value &parameters)
{
    SG_LET(const std::optional<TriggerType> known, m_store.type(type));
    if (parameters.entriesOrNone().isEmpty()) {
        SG_LET(std::optional<Trigger> trigger, m_store.find(type));
        if (trigger)
            return std::move(*trigger);
        return failure(Error{
            ErrorCode::Invalid,
            u"Trigger \"%1\" defined in the rule does not exist in system or it's missing required "
            "\"parameters\" attribute"_s.arg(type.text()),
            u"TriggerDoesNotExistException"_s, u"trigger.type"_s});
    }
    SG_TRY(checkParameters(known, type, parameters));
    SG_LET(std::optional<Trigger> trigger, m_store.find(type, parameters));
    if (trigger)
        return std::move(*trigger);
    return make(type, parameters);
}

Result<> TriggerRegistry::checkParameters(const std::optional<TriggerType> &type, const Ref &ref,
                                          const Value &parameters) const
{
    // The engine's own have no file.
    const bool isBuiltIn = type && type->metadataFile.isEmpty();
    if (type && hasParameters(*type) && (isBuiltIn || m_isHoldingToSchemas)) {
        const Result<Value> valid = validate(type->parametersSchema, parameters);
        if (!valid)
            return failure(Error{ErrorCode::Invalid, valid.error().message, valid.error().kind,
                                 u"trigger.parameters"_s});
    }
    const Result<> checked = m_check ? m_check(ref, parameters) : Result<>();
    return checked ? checked
                   : failure(Error{ErrorCode::Invalid, checked.error().message,
                                   checked.error().kind, u"trigger.parameters"_s});
}

Result<Trigger> TriggerRegistry::add(Trigger trigger)
{
    SG_LET(std::optional<Trigger> known, m_store.find(trigger.ref));
    if (known)
        return std::move(*known);
    SG_TRY(checkTrigger(trigger));
    trigger.id = m_ids.make();
    SG_TRY(m_store.add(trigger));
    m_observer.triggerSaved(trigger);
    return trigger;
}

Result<> TriggerRegistry::replace(const Trigger &before, const Trigger &trigger)
{
    SG_TRY(checkTrigger(trigger));
    SG_TRY(m_store.update(trigger));
    if (before.type != trigger.type)
        m_observer.triggerRemoved(before);
    m_observer.triggerSaved(trigger);
    return {};
}

Result<> TriggerRegistry::remove(const Trigger &trigger)
{
    SG_TRY(m_store.remove(trigger.id));
    m_observer.triggerRemoved(trigger);
    return {};
}

Result<> TriggerRegistry::checkTrigger(const Trigger &trigger) const
{
    SG_LET(const std::optional<TriggerType> type, m_store.type(trigger.type));
    if (!type)
        return failure(Error{ErrorCode::Invalid,
                             u"There is no trigger type \"%1\"."_s.arg(trigger.type.text()),
                             u"TriggerDoesNotExistException"_s, u"type"_s});
    return checkParameters(type, trigger.type, trigger.parameters);
}

Result<> TriggerRegistry::hold(const Id &id)
{
    SG_LET(std::optional<Trigger> trigger, m_store.find(id));
    if (!trigger || trigger->parameters.entriesOrNone().isEmpty())
        return {};
    SG_TRY(m_store.changeReferences(id, 1));
    return {};
}

Result<> TriggerRegistry::release(const Id &id)
{
    SG_LET(const std::optional<Trigger> trigger, m_store.find(id));
    if (!trigger || trigger->parameters.entriesOrNone().isEmpty())
        return {};
    SG_LET(const int left, m_store.changeReferences(id, -1));
    if (left > 0)
        return {};
    SG_TRY(m_store.remove(id));
    m_observer.triggerRemoved(*trigger);
    return {};
}

Result<> TriggerRegistry::saveShadow(const TriggerType &type)
{
    SG_LET(const std::optional<Trigger> known, m_store.find(type.ref));
    if (known)
        return {};
    Trigger trigger;
    trigger.id = m_ids.make();
    trigger.ref = type.ref;
    trigger.type = type.ref;
    SG_TRY(m_store.add(trigger));
    m_observer.triggerSaved(trigger);
    return {};
}

Result<Trigger> TriggerRegistry::make(const Ref &type, const Value &parameters)
{
    Trigger trigger;
    trigger.id = m_ids.make();
    trigger.ref = {type.pack, QUuid::createUuid().toString(QUuid::WithoutBraces)};
    trigger.type = type;
    trigger.parameters = parameters;
    SG_TRY(m_store.add(trigger));
    m_observer.triggerSaved(trigger);
    return trigger;
}

} // namespace stormglass
