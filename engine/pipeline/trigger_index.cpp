#include "engine/pipeline/trigger_index.h"

#include "engine/schema/schema.h"

namespace stormglass {

namespace {

QString urlOf(const Trigger &trigger)
{
    return normalisedUrl(trigger.parameters["url"].toQStringOr({}));
}

} // namespace

QString normalisedUrl(QString url)
{
    while (url.startsWith(QLatin1Char('/')))
        url.remove(0, 1);
    while (url.endsWith(QLatin1Char('/')))
        url.chop(1);
    return url;
}

Result<> TriggerIndex::load(TriggerStore &store)
{
    SG_LET(const std::vector<TriggerType> types, store.types());
    SG_LET(const std::vector<Trigger> triggers, store.all());
    m_byId.clear();
    m_byRef.clear();
    m_byType.clear();
    m_types.clear();
    m_payloadChecks.clear();
    m_byUrl.clear();
    for (const TriggerType &type : types)
        putType(type);
    for (const Trigger &trigger : triggers)
        put(trigger);
    return {};
}

void TriggerIndex::put(const Trigger &trigger)
{
    remove(trigger.id);
    const auto pointer = std::make_shared<const Trigger>(trigger);
    m_byId.insert(trigger.id, pointer);
    m_byRef.insert(trigger.ref, pointer);
    m_byType.insert(trigger.type, pointer);
    if (trigger.type == webhookTriggerType())
        m_byUrl.insert(urlOf(trigger), pointer);
    ++m_version;
}

void TriggerIndex::remove(const Id &id)
{
    const TriggerPointer known = m_byId.take(id);
    if (!known)
        return;
    m_byRef.remove(known->ref);
    m_byType.remove(known->type, known);
    if (known->type == webhookTriggerType())
        m_byUrl.remove(urlOf(*known), known);
    ++m_version;
}

void TriggerIndex::putType(const TriggerType &type)
{
    m_types.insert(type.ref, type);
    if (type.payloadSchema.entriesOrNone().isEmpty())
        m_payloadChecks.remove(type.ref);
    else
        m_payloadChecks.insert(type.ref, withNullAllowed(type.payloadSchema));
}

void TriggerIndex::removeType(const Ref &ref)
{
    m_types.remove(ref);
    m_payloadChecks.remove(ref);
}

TriggerPointer TriggerIndex::find(const Event &event) const
{
    if (!event.triggerId.isNull())
        return m_byId.value(event.triggerId);
    if (event.parameters.isNull())
        return m_byRef.value(event.trigger);
    for (auto it = m_byType.constFind(event.trigger);
         it != m_byType.constEnd() && it.key() == event.trigger; ++it) {
        if ((*it)->parameters == event.parameters)
            return *it;
    }
    return {};
}

const Value *TriggerIndex::payloadCheck(const Ref &ref) const
{
    const auto known = m_payloadChecks.constFind(ref);
    return known == m_payloadChecks.constEnd() ? nullptr : &*known;
}

const TriggerType *TriggerIndex::type(const Ref &ref) const
{
    const auto known = m_types.constFind(ref);
    return known == m_types.constEnd() ? nullptr : &*known;
}

std::vector<TriggerPointer> TriggerIndex::ofType(const Ref &type) const
{
    const QList<TriggerPointer> found = m_byType.values(type);
    return {found.begin(), found.end()};
}

std::vector<TriggerPointer> TriggerIndex::webhooks(const QString &url) const
{
    const QList<TriggerPointer> found = m_byUrl.values(url);
    return {found.begin(), found.end()};
}

std::vector<TriggerPointer> TriggerIndex::all() const
{
    const QList<TriggerPointer> found = m_byId.values();
    return {found.begin(), found.end()};
}

} // namespace stormglass
