#pragma once

#include "engine/pipeline/catalogue.h"
#include "engine/pipeline/change_sink.h"
#include "engine/pipeline/outbox.h"
#include "engine/pipeline/parameters.h"
#include "engine/pipeline/slots.h"
#include "engine/pipeline/station.h"
#include "engine/runners/runner.h"
#include "engine/store/stores.h"

#include <functional>

namespace stormglass {

// Station 6. Takes an execution scheduled, if a place is free; leaves it running, and a job that
// goes to the runner after the commit. Thread: engine.
class Dispatcher final : public Station
{
public:
    // After the commit, all of a batch together.
    using StartJobs = std::function<void(std::vector<Job>)>;

    Dispatcher(const Clock &clock, Stores &stores, Catalogue &catalogue,
               const Parameters &parameters, Slots &places, MessageBus &bus, Outbox &outbox,
               ChangeSink &changes, StartJobs start);

    // Where actions reach the engine, once it is known.
    void setApiUrl(const QString &url) { m_apiUrl = url; }
    // A token for one execution, in the name of a user.
    void setIssueToken(std::function<Result<QString>(const Execution &)> issue)
    {
        m_issueToken = std::move(issue);
    }

    Topic takes() const override { return Topic::ExecutionScheduled; }
    Result<> take(const Id &id) override;
    Result<> fail(const Id &id, const Error &error) override;
    Result<std::vector<Id>> waiting(int most) override;

private:
    Result<Job> jobFor(const Execution &execution, const CatalogueEntry &entry);
    void startAfterCommit(Job job);

    const Clock &m_clock;
    Stores &m_stores;
    Catalogue &m_catalogue;
    const Parameters &m_parameters;
    Slots &m_slots;
    MessageBus &m_bus;
    Outbox &m_outbox;
    ChangeSink &m_changes;
    StartJobs m_start;
    std::function<Result<QString>(const Execution &)> m_issueToken;
    QString m_apiUrl;
};

} // namespace stormglass
