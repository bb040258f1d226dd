#pragma once

#include "engine/instance/endpoint.h"

#include <mutex>
#include <vector>

namespace stormglass {

// Answers with what it was asked, so that translators can be compared. Some paths below `/api/v1`
// mean more:
// `/fail/<code>` answers with that Error, `/wait` keeps the answer until answerWaiting(), `/text`
// is no JSON,
// `/headers` has headers of its own, `/empty` is a 204, `/large` is 8 MiB.
class StubEndpoint final : public Endpoint
{
public:
    void handle(Request request, Answer answer) override;

    // Answers what waits, the latest first.
    void answerWaiting();
    std::size_t waiting() const;

private:
    mutable std::mutex m_mutex;
    std::vector<std::pair<Request, Answer>> m_waiting;
};

// The whole request as JSON: verb, path, query, headers, body, raw, credential.
Value echoOf(const Request &request);

} // namespace stormglass
