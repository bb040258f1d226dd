#pragma once

#include "engine/packs/content_observer.h"
#include "engine/pipeline/catalogue.h"
#include "engine/pipeline/change_sink.h"
#include "engine/pipeline/trigger_index.h"
#include "engine/rules/rule_set.h"
#include "engine/store/rule_store.h"

#include <functional>

namespace stormglass {

// The content that the engine's thread keeps in memory, following every change of it. What an
// undone transaction had changed is read again. Thread: engine.
class Memory final : public ContentObserver
{
public:
    // Who needs to hear of triggers and sensors, after the commit.
    struct Listeners
    {
        std::function<void()> triggersChanged;
        std::function<void()> sensorsChanged;
        std::function<void()> contentChanged;
    };

    Memory(TriggerStore &triggerStore, RuleStore &ruleStore, Catalogue &catalogue,
           ChangeSink &changes);

    Result<> load();
    // At the end of a batch: tells listeners what it changed, or, if anything was undone meanwhile,
    // loads again.
    void settle(std::uint64_t undoings, const Listeners &listeners);

    TriggerIndex &triggers() { return m_triggers; }
    RuleSet &rules() { return m_rules; }

    void triggerTypeSaved(const TriggerType &type) override;
    void triggerTypeRemoved(const Ref &type) override;
    void triggerSaved(const Trigger &trigger) override;
    void triggerRemoved(const Trigger &trigger) override;
    void ruleSaved(const Rule &rule) override;
    void ruleRemoved(const Rule &rule) override;
    void sensorSaved(const SensorType &sensor) override;
    void sensorRemoved(const SensorType &sensor) override;
    void actionsChanged() override;
    void configChanged(const QString &pack) override;

private:
    TriggerStore &m_triggerStore;
    RuleStore &m_ruleStore;
    Catalogue &m_catalogue;
    ChangeSink &m_changes;
    TriggerIndex m_triggers;
    RuleSet m_rules;
    bool m_triggersTouched = false;
    bool m_sensorsTouched = false;
    bool m_contentTouched = false;
    std::uint64_t m_undoings = 0;
};

} // namespace stormglass
