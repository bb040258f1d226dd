#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/packaging/pack_plan.h"
#include "engine/processes/environment.h"

namespace stormglass {

enum class OperationKind { Install, Remove, RollBack, NewEnvironment };
// Of an operation that began to change something, `Committing` is the part that is completed after
// a crash, never undone.
enum class OperationState {
    Planning,
    Planned,
    Waiting,
    Running,
    Committing,
    Succeeded,
    Failed,
    Canceled
};
QString text(OperationKind kind);
QString text(OperationState state);
bool isFinished(OperationState state);
Result<OperationKind> operationKindFrom(const QString &name);

// What somebody asks to be done with packs.
struct OperationRequest
{
    OperationKind kind = OperationKind::Install;
    // Sources for an installation, refs for the rest.
    QStringList packs = {};
    // Installs although the pack says that it does not fit.
    bool force = false;
    bool skipDependencies = false;
    // Without waiting for somebody to look at the plan.
    bool carryOut = false;
    // Parts that StackStorm's actions do one by one.
    bool makeEnvironments = true;
    bool registerContent = true;
    // Removing: the environment too.
    bool removeFiles = true;
    // Added to the environment of pip. Not kept.
    Environment variables = {};
    // Of the installation of requirements; zero: as the settings have it.
    std::chrono::seconds timeout{0};
    QString user = {};
};

// One piece of pack management, from the question to its end.
struct PackOperation
{
    QString id = {};
    OperationRequest request = {};
    OperationState state = OperationState::Planning;
    Plan plan = {};
    // What is being done: a title, and the latest line of it.
    QString step = {};
    QString line = {};
    int stepsDone = 0;
    // Why it failed.
    QString error = {};
    Timestamp started = {};
    Timestamp changed = {};
};

// As the API shows it and the journal keeps it; sources are shown without their secrets.
Value toJson(const PackOperation &operation);
PackOperation operationFromJson(const Value &document);

} // namespace stormglass
