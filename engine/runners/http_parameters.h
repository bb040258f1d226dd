#pragma once

#include "engine/runners/http_client.h"
#include "engine/runners/runner.h"
#include "engine/runners/runner_settings.h"

namespace stormglass {

// The request that a job's parameters describe (execution.md 5.7); Invalid or Denied if they
// describe none.
Result<HttpRequest> httpRequestOf(const Job &job, const RunnerSettings &settings);

} // namespace stormglass
