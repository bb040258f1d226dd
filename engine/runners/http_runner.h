#pragma once

#include "engine/runners/http_client.h"
#include "engine/runners/runner.h"
#include "engine/runners/runner_settings.h"

#include <map>

namespace stormglass {

// http-request: one HTTP request.
// Thread: Io.
class HttpRunner final : public Runner
{
public:
    HttpRunner(Reactor &reactor, const RunnerSettings &settings);

    void start(const Job &job, RunnerSink &sink) override;
    void cancel(const Id &execution, std::chrono::milliseconds grace) override;

private:
    struct Run
    {
        HttpClient::TransferId transfer = 0;
        // Borrowed; it outlives every run.
        RunnerSink *sink = nullptr;
    };

    void finish(const Id &execution, const Result<HttpAnswer> &answer);

    HttpClient m_client;
    RunnerSettings m_settings;
    std::map<Id, Run> m_runs;
};

// What the API shows of an answer.
Outcome outcomeOf(const HttpAnswer &answer);

} // namespace stormglass
