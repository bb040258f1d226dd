#include "engine/pipeline/dispatcher.h"

#include "engine/pipeline/change_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// `timeout` is a runner parameter, in seconds.
std::chrono::milliseconds timeoutOf(const Value &runnerParameters)
{
    const Value &timeout = runnerParameters["timeout"];
    if (timeout.isInt())
        return std::chrono::seconds(timeout.toInt());
    if (timeout.isDouble())
        return std::chrono::milliseconds(static_cast<std::int64_t>(timeout.toDouble() * 1000));
    return std::chrono::milliseconds(0);
}

// Runners that are done before their start returns have nothing that could run beside others.
bool needsPlace(const QString &runnerType)
{
    return runnerType != u"noop"_s && runnerType != u"announcement"_s;
}

} // namespace

Dispatcher::Dispatcher(const Clock &clock, Stores &stores, Catalogue &catalogue,
                       const Parameters &parameters, Slots &places, MessageBus &bus, Outbox &outbox,
                       ChangeSink &changes, StartJobs start)
    : m_clock(clock)
    , m_stores(stores)
    , m_catalogue(catalogue)
    , m_parameters(parameters)
    , m_slots(places)
    , m_bus(bus)
    , m_outbox(outbox)
    , m_changes(changes)
    , m_start(std::move(start))
{
}

Result<> Dispatcher::take(const Id &id)
{
    SG_LET(const std::optional<Execution> execution,
           m_stores.executions.claim(id, ExecutionStatus::Scheduled));
    if (!execution) {
        m_slots.decline(id); // taken before, or canceled while it waited
        return {};
    }
    const bool takesPlace = needsPlace(execution->runnerType);
    if (takesPlace && !m_slots.isFreeFor(id)) {
        m_slots.wait(id);
        return {};
    }

    SG_LET(const CatalogueEntryPointer entry, m_catalogue.find(execution->action));
    SG_LET(Job job, jobFor(*execution, *entry));
    SG_LET(const Execution running,
           m_stores.executions.move(*execution,
                                    {.to = ExecutionStatus::Running, .time = m_clock.now()}));
    m_changes.tell(u"st2.execution__update"_s,
                   [&] { return executionDocument(running, entry, Secrets::Masked); });
    if (takesPlace)
        m_slots.take(id);
    startAfterCommit(std::move(job));
    return {};
}

Result<> Dispatcher::fail(const Id &id, const Error &error)
{
    m_slots.release(id);
    SG_LET(const std::optional<Execution> execution,
           m_stores.executions.claim(id, ExecutionStatus::Scheduled));
    if (!execution)
        return {};
    SG_LET(const Execution failed,
           m_stores.executions.move(
               *execution,
               {.to = ExecutionStatus::Failed,
                .time = m_clock.now(),
                .reason = error.message,
                .result = Value::map({{"error", error.message}, {"traceback", ""}})}));
    const Result<CatalogueEntryPointer> entry = m_catalogue.find(failed.action);
    m_changes.tell(u"st2.execution__update"_s, [&] {
        return executionDocument(failed, entry ? *entry : nullptr, Secrets::Masked);
    });
    m_bus.ring(Topic::ExecutionCompleted, id);
    return {};
}

Result<std::vector<Id>> Dispatcher::waiting(int most)
{
    return m_stores.executions.waiting(ExecutionStatus::Scheduled, most);
}

Result<Job> Dispatcher::jobFor(const Execution &execution, const CatalogueEntry &entry)
{
    SG_LET(FinalParameters parameters,
           m_parameters.final(entry, execution.parameters, execution.context));
    Job job;
    job.execution = execution.id;
    job.liveAction = execution.liveAction;
    job.action = execution.action;
    job.runnerType = entry.runner.name;
    job.entryPoint = entry.action.entryPoint;
    job.packPath = entry.packPath;
    job.actionSchema = entry.action.parameters;
    job.user = execution.context["user"].toQStringOr({});
    SG_LET(job.config, m_parameters.configOf(execution.action.pack, job.user));
    job.timeout = timeoutOf(parameters.runner);
    job.runnerParameters = std::move(parameters.runner);
    job.actionParameters = std::move(parameters.action);
    job.apiUrl = m_apiUrl;
    // Only code of a pack talks back; a shell command gets no credential it did not ask for.
    if (job.runnerType == u"python-script"_s && m_issueToken && !m_apiUrl.isEmpty()) {
        SG_LET(job.apiToken, m_issueToken(execution));
    }
    return job;
}

void Dispatcher::startAfterCommit(Job job)
{
    m_outbox.add([this, job = std::move(job)](const Result<> &committed) mutable {
        if (!committed) {
            m_slots.release(job.execution);
            return;
        }
        m_start({std::move(job)});
    });
}

} // namespace stormglass
