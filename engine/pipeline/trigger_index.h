#pragma once

#include "engine/base/result.h"
#include "engine/model/trigger.h"
#include "engine/model/trigger_instance.h"
#include "engine/store/trigger_store.h"

#include <QHash>

#include <memory>
#include <vector>

namespace stormglass {

using TriggerPointer = std::shared_ptr<const Trigger>;

// Every trigger in memory, by all the ways an event names one. Loaded at start, told of every
// change. Thread: engine.
class TriggerIndex
{
public:
    Result<> load(TriggerStore &store);

    void put(const Trigger &trigger);
    void remove(const Id &id);
    void putType(const TriggerType &type);
    void removeType(const Ref &ref);

    // The trigger an event names: by id, by its ref, or by type and parameters. Null if there is
    // none.
    TriggerPointer find(const Event &event) const;
    TriggerPointer find(const Id &id) const { return m_byId.value(id); }
    TriggerPointer find(const Ref &ref) const { return m_byRef.value(ref); }
    // Null if there is no such type.
    const TriggerType *type(const Ref &ref) const;
    // Its payload schema, made ready by withNullAllowed(); null too if it asks for nothing.
    const Value *payloadCheck(const Ref &ref) const;
    std::vector<TriggerPointer> ofType(const Ref &type) const;
    // Triggers of type core.st2.webhook with this url, outer slashes apart.
    std::vector<TriggerPointer> webhooks(const QString &url) const;
    std::vector<TriggerPointer> all() const;

    // Grows whenever a trigger comes, goes or changes: whoever follows looks again then.
    std::uint64_t version() const { return m_version; }

private:
    QHash<Id, TriggerPointer> m_byId;
    QHash<Ref, TriggerPointer> m_byRef;
    QMultiHash<Ref, TriggerPointer> m_byType;
    QHash<Ref, TriggerType> m_types;
    QHash<Ref, Value> m_payloadChecks;
    QMultiHash<QString, TriggerPointer> m_byUrl;
    std::uint64_t m_version = 0;
};

inline const Ref &webhookTriggerType()
{
    static const Ref type{QStringLiteral("core"), QStringLiteral("st2.webhook")};
    return type;
}

// Without outer slashes: how the urls of webhooks are told apart.
QString normalisedUrl(QString url);

} // namespace stormglass
