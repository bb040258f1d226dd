#include "engine/host/memory.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(memoryLog, "stormglass.engine.host")

Memory::Memory(TriggerStore &triggerStore, RuleStore &ruleStore, Catalogue &catalogue,
               ChangeSink &changes)
    : m_triggerStore(triggerStore)
    , m_ruleStore(ruleStore)
    , m_catalogue(catalogue)
    , m_changes(changes)
{
}

Result<> Memory::load()
{
    SG_TRY(m_triggers.load(m_triggerStore));
    SG_LET(const std::vector<Rule> rules, m_ruleStore.all());
    m_rules.clear();
    for (const Rule &rule : rules)
        m_rules.put(rule);
    m_catalogue.forget();
    return {};
}

void Memory::settle(std::uint64_t undoings, const Listeners &listeners)
{
    const bool isTouched = m_triggersTouched || m_sensorsTouched || m_contentTouched;
    if (isTouched && undoings != m_undoings) {
        if (const Result<> loaded = load(); !loaded)
            qCWarning(memoryLog).noquote()
                << "Content could not be read again:" << loaded.error().message;
    }
    m_undoings = undoings;
    if (m_triggersTouched)
        listeners.triggersChanged();
    if (m_sensorsTouched)
        listeners.sensorsChanged();
    if (isTouched)
        listeners.contentChanged();
    m_triggersTouched = m_sensorsTouched = m_contentTouched = false;
}

void Memory::triggerTypeSaved(const TriggerType &type)
{
    m_triggers.putType(type);
    m_contentTouched = true;
}

void Memory::triggerTypeRemoved(const Ref &type)
{
    m_triggers.removeType(type);
    m_contentTouched = true;
}

void Memory::triggerSaved(const Trigger &trigger)
{
    m_triggers.put(trigger);
    m_triggersTouched = true;
}

void Memory::triggerRemoved(const Trigger &trigger)
{
    m_triggers.remove(trigger.id);
    m_triggersTouched = true;
}

void Memory::ruleSaved(const Rule &rule)
{
    m_rules.put(rule);
    m_contentTouched = true;
    m_changes.tell(u"stormglass.rule__update"_s, [&] { return toJson(rule); });
}

void Memory::ruleRemoved(const Rule &rule)
{
    m_rules.remove(rule.id);
    m_contentTouched = true;
    m_changes.tell(u"stormglass.rule__delete"_s, [&] { return toJson(rule); });
}

void Memory::sensorSaved(const SensorType &)
{
    m_sensorsTouched = true;
}

void Memory::sensorRemoved(const SensorType &)
{
    m_sensorsTouched = true;
}

// Sensors run with the configuration they were started with.
void Memory::configChanged(const QString &)
{
    m_sensorsTouched = m_contentTouched = true;
}

void Memory::actionsChanged()
{
    m_catalogue.forget();
    m_contentTouched = true;
}

} // namespace stormglass
