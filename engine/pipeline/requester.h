#pragma once

#include "engine/bus/message_bus.h"
#include "engine/model/rule.h"
#include "engine/pipeline/catalogue.h"
#include "engine/pipeline/change_sink.h"
#include "engine/pipeline/outbox.h"
#include "engine/pipeline/parameters.h"
#include "engine/store/stores.h"

#include <functional>

namespace stormglass {

// What somebody wants run, before anything is checked.
struct ExecutionRequest
{
    Ref action;
    // As given; templates in them are rendered against the context and `additional`.
    Value parameters = Value::map();
    // Names beside those of the context, such as `trigger`.
    Value additional = Value::map();
    // user, rule, trigger_instance, parent, …; the action's pack is added.
    Value context = Value::map();
    Value notify = Value::map();
    std::chrono::milliseconds delay{0};
    // What it came from; null where it does not apply.
    Id parent = {};
    Id rule = {};
    Ref ruleRef = {};
    Id triggerInstance = {};
    Id enforcement = {};
    // Of a trace that goes on; null begins one, with the tag if there is one.
    Id trace = {};
    QString traceTag = {};
};

// The one way to ask something of an execution: to exist, to stop. The enforcer, the API, workflows
// and retries all come through it. Thread: engine.
class Requester
{
public:
    // Tells the runner to stop, after the commit.
    using TellRunner = std::function<void(const Execution &)>;

    Requester(const Clock &clock, IdGenerator &ids, Stores &stores, Catalogue &catalogue,
              const Parameters &parameters, MessageBus &bus, Outbox &outbox, ChangeSink &changes,
              TellRunner cancel);

    // Leaves an execution requested; rings execution.requested. Invalid with the reference's words
    // (execution.md 3.2).
    Result<Execution> request(const ExecutionRequest &request);

    // Leaves an execution that failed before it began, with the error as its result: what a
    // parameter that cannot be rendered comes to (execution.md 3.1, point 5).
    Result<Execution> requestFailed(const ExecutionRequest &request, const Error &error);

    // Conflict with `Action cannot be canceled. State = succeeded.` where it is too late. Gives it
    // as it is then.
    Result<Execution> cancel(const Id &execution, const QString &user);

private:
    Result<Execution> store(const ExecutionRequest &request, const CatalogueEntryPointer &entry,
                            Value parameters);
    Result<Id> traceFor(const ExecutionRequest &request, const Execution &execution);
    void tell(const char *what, const Execution &execution, const CatalogueEntryPointer &entry);

    const Clock &m_clock;
    IdGenerator &m_ids;
    Stores &m_stores;
    Catalogue &m_catalogue;
    const Parameters &m_parameters;
    MessageBus &m_bus;
    Outbox &m_outbox;
    ChangeSink &m_changes;
    TellRunner m_cancel;
};

} // namespace stormglass
