#pragma once

#include "engine/api/routes.h"
#include "engine/api/sensor_desk.h"
#include "engine/base/clock.h"
#include "engine/expressions/expression.h"
#include "engine/packaging/pack_operations.h"
#include "engine/packs/registrar.h"
#include "engine/pipeline/intake.h"
#include "engine/pipeline/requester.h"
#include "engine/store/key_value_store.h"

#include <functional>

namespace stormglass {

class RehearsalDesk;

// What requests that change something, or ask what only the engine's thread knows, work with. All
// borrowed. Thread: engine.
struct WriteContext
{
    const Clock &clock;
    IdGenerator &ids;
    Stores &stores;
    SensorTypeStore &sensors;
    Catalogue &catalogue;
    const TriggerIndex &triggers;
    Intake &intake;
    Requester &requester;
    TriggerRegistry &triggerRegistry;
    RuleRegistry &rules;
    Registrar &registrar;
    ContentObserver &observer;
    KeyValueStore &keys;
    std::function<Result<QString>(const QString &)> encrypt;
    std::function<Result<QString>(const QString &)> decrypt;
    // Folders of packs, in the order in which they are searched.
    QStringList packFolders;
    // Reads them anew, all where none is named; answers once their rows are committed.
    RegisterPacks registerPacks;
    PackOperations &packOperations;
    IndexReader &packIndex;
    // What the engine's memory knows of itself (the Now page).
    std::function<Value()> stats;
    SensorDesk &sensorDesk;
    ChangeSink &changes;
    // Answers `st2kv` of templates.
    const Resolver &resolver;
    // What becomes of old history; and to remove it now.
    std::function<Value()> retention;
    std::function<void()> removeOld;
    RehearsalDesk &rehearsals;
};

void addWebhookWrites(Routes &routes, WriteContext &context);
void addExecutionWrites(Routes &routes, WriteContext &context);
void addRuleWrites(Routes &routes, WriteContext &context);
void addContentWrites(Routes &routes, WriteContext &context);
void addTriggerWrites(Routes &routes, WriteContext &context);
void addSensorRequests(Routes &routes, WriteContext &context);
void addEngineRequests(Routes &routes, WriteContext &context);
void addConfigWrites(Routes &routes, WriteContext &context);
void addAliasWrites(Routes &routes, WriteContext &context);
void addAliasExecutions(Routes &routes, WriteContext &context);
void addKeyRequests(Routes &routes, WriteContext &context);
void addRehearsalRequests(Routes &routes, WriteContext &context);
void addRegistrationRequests(Routes &routes, WriteContext &context);
void addPackRequests(Routes &routes, WriteContext &context);

} // namespace stormglass
