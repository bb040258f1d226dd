#include "engine/pipeline/intake.h"

#include "engine/base/json.h"
#include "engine/schema/schema.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(intakeLog, "stormglass.engine.pipeline")

namespace {

// Webhooks and timers: what they carry is the engine's promise to packs.
bool isSystemType(const Ref &type)
{
    return type.pack == "core"_L1
        && (type.name == "st2.webhook"_L1 || type.name == "st2.IntervalTimer"_L1
            || type.name == "st2.DateTimer"_L1 || type.name == "st2.CronTimer"_L1);
}

} // namespace

Intake::Intake(const Clock &clock, IdGenerator &ids, Stores &stores, const TriggerIndex &triggers,
               FreshRows &fresh, MessageBus &bus)
    : m_clock(clock)
    , m_ids(ids)
    , m_stores(stores)
    , m_triggers(triggers)
    , m_fresh(fresh)
    , m_bus(bus)
{
}

Result<Id> Intake::take(Event event, PayloadCheck check)
{
    const TriggerPointer trigger = m_triggers.find(event);
    if (!trigger)
        return failure(
            ErrorCode::NotFound,
            u"There is no trigger \"%1\" with these parameters, so no rule can be waiting for it."_s
                .arg(event.trigger.text()));
    if (check == PayloadCheck::Checked)
        SG_TRY(checkPayload(trigger->type, trigger->ref.text(), event.payload));

    TriggerInstance instance;
    instance.id = m_ids.make();
    instance.triggerId = trigger->id;
    instance.trigger = trigger->ref;
    instance.payload = event.payload.isNull() ? Value::map() : std::move(event.payload);
    instance.occurrence = m_clock.now();
    instance.trace = event.trace.isNull() ? m_ids.make() : event.trace;
    SG_TRY(m_stores.triggerInstances.add(instance));
    // A trace that somebody named can be looked for; others get their row when something follows.
    if (event.trace.isNull() && !event.traceTag.isEmpty())
        SG_TRY(m_stores.traces.add({instance.trace, event.traceTag, instance.occurrence}));
    if (!event.cursor.isEmpty())
        SG_TRY(m_stores.triggerInstances.setCursor(event.source, event.cursor));

    const Id id = instance.id;
    m_fresh.put(std::move(instance));
    m_bus.ring(Topic::TriggerInstancePending, id);
    ++m_taken;
    return id;
}

Result<> Intake::checkPayload(const Ref &triggerType, const QString &named,
                              const Value &payload) const
{
    const Value *schema = m_triggers.payloadCheck(triggerType);
    if (!schema)
        return {};
    const Result<Value> valid = validate(*schema, payload, {.allowNull = false});
    if (valid)
        return {};
    if (!m_isRefusing && !isSystemType(triggerType)) {
        qCWarning(intakeLog).noquote()
            << "The payload of" << named << "is not as its type says:" << valid.error().message;
        return {};
    }
    return failure(
        ErrorCode::Invalid,
        u"Trigger payload validation failed and validation is enabled, not dispatching a "
        "trigger \"%1\" (%2): %3"_s.arg(
            named, QString::fromStdString(writeJson(payload)).left(2000), valid.error().message));
}

} // namespace stormglass
