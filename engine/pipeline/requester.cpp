#include "engine/pipeline/requester.h"

#include "engine/pipeline/change_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

bool mayBeCanceled(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Requested:
    case ExecutionStatus::Scheduled:
    case ExecutionStatus::Delayed:
    case ExecutionStatus::Running:
    case ExecutionStatus::Pausing:
    case ExecutionStatus::Paused:
    case ExecutionStatus::Resuming:
        return true;
    case ExecutionStatus::Succeeded:
    case ExecutionStatus::Failed:
    case ExecutionStatus::Timeout:
    case ExecutionStatus::Abandoned:
    case ExecutionStatus::Canceling:
    case ExecutionStatus::Canceled:
    case ExecutionStatus::Pending:
        return false;
    }
    return false;
}

// Not yet with a runner: there is nobody to wait for.
bool hasNotBegun(ExecutionStatus status)
{
    return status == ExecutionStatus::Requested || status == ExecutionStatus::Scheduled
        || status == ExecutionStatus::Delayed;
}

} // namespace

Requester::Requester(const Clock &clock, IdGenerator &ids, Stores &stores, Catalogue &catalogue,
                     const Parameters &parameters, MessageBus &bus, Outbox &outbox,
                     ChangeSink &changes, TellRunner cancel)
    : m_clock(clock)
    , m_ids(ids)
    , m_stores(stores)
    , m_catalogue(catalogue)
    , m_parameters(parameters)
    , m_bus(bus)
    , m_outbox(outbox)
    , m_changes(changes)
    , m_cancel(std::move(cancel))
{
}

Result<Execution> Requester::request(const ExecutionRequest &request)
{
    SG_LET(const CatalogueEntryPointer entry, m_catalogue.find(request.action));
    if (!entry->action.enabled)
        return failure(
            ErrorCode::Invalid,
            u"Unable to execute. Action \"%1\" is disabled."_s.arg(request.action.text()));
    SG_LET(Value parameters,
           m_parameters.requested(*entry, request.parameters, request.context, request.additional));
    SG_LET(Execution execution, store(request, entry, std::move(parameters)));
    m_bus.ring(Topic::ExecutionRequested, execution.id);
    tell("create", execution, entry);
    return execution;
}

Result<Execution> Requester::requestFailed(const ExecutionRequest &request, const Error &error)
{
    SG_LET(const CatalogueEntryPointer entry, m_catalogue.find(request.action));
    SG_LET(Execution execution, store(request, entry, request.parameters));
    SG_LET(execution,
           m_stores.executions.move(
               execution,
               {.to = ExecutionStatus::Failed,
                .time = m_clock.now(),
                .result = Value::map({{"error", error.message}, {"traceback", ""}})}));
    m_bus.ring(Topic::ExecutionCompleted, execution.id);
    tell("create", execution, entry);
    return execution;
}

Result<Execution> Requester::cancel(const Id &id, const QString &user)
{
    SG_LET(Execution execution, m_stores.executions.get(id));
    if (execution.status == ExecutionStatus::Canceled)
        return execution;
    if (!mayBeCanceled(execution.status))
        return failure(ErrorCode::Conflict,
                       u"Action cannot be canceled. State = %1."_s.arg(toText(execution.status)));
    const Value result = Value::map({{"message", "Action canceled by user."}, {"user", user}});
    ExecutionMove move{.to = hasNotBegun(execution.status) ? ExecutionStatus::Canceled
                                                           : ExecutionStatus::Canceling,
                       .time = m_clock.now(),
                       .reason = u"canceled by %1"_s.arg(user),
                       .result = result};
    Value context = execution.context;
    context.set("cancelled_by", user);
    move.context = context;
    SG_LET(execution, m_stores.executions.move(execution, move));
    if (execution.status == ExecutionStatus::Canceled)
        m_bus.ring(Topic::ExecutionCompleted, id);
    else
        m_outbox.add([cancel = m_cancel, execution](const Result<> &committed) {
            if (committed)
                cancel(execution);
        });
    const Result<CatalogueEntryPointer> entry = m_catalogue.find(execution.action);
    tell("update", execution, entry ? *entry : nullptr);
    return execution;
}

Result<Execution> Requester::store(const ExecutionRequest &request,
                                   const CatalogueEntryPointer &entry, Value parameters)
{
    Execution execution;
    execution.id = m_ids.make();
    execution.liveAction = m_ids.make();
    execution.action = request.action;
    execution.runnerType = entry->runner.name;
    execution.parameters = std::move(parameters);
    execution.context = request.context;
    execution.context.set("pack", request.action.pack);
    execution.notify
        = entry->action.notify.entriesOrNone().isEmpty() ? request.notify : entry->action.notify;
    execution.started = m_clock.now();
    if (request.delay.count() > 0)
        execution.notBefore = execution.started + request.delay;
    execution.parent = request.parent;
    execution.rule = request.rule;
    execution.ruleRef = request.ruleRef;
    execution.triggerInstance = request.triggerInstance;
    execution.enforcement = request.enforcement;
    SG_LET(execution.trace, traceFor(request, execution));
    return m_stores.executions.add(std::move(execution));
}

// A tag always opens a new trace; only an id joins one (api.md 6.15).
Result<Id> Requester::traceFor(const ExecutionRequest &request, const Execution &execution)
{
    if (!request.trace.isNull())
        return request.trace;
    const Id trace = m_ids.make();
    const QString tag = request.traceTag.isEmpty()
        ? u"execution-%1"_s.arg(execution.liveAction.text())
        : request.traceTag;
    SG_TRY(m_stores.traces.add({trace, tag, execution.started}));
    return trace;
}

void Requester::tell(const char *what, const Execution &execution,
                     const CatalogueEntryPointer &entry)
{
    m_changes.tell(u"st2.execution__"_s + QLatin1String(what),
                   [&] { return executionDocument(execution, entry, Secrets::Masked); });
}

} // namespace stormglass
