// Two lines of JSON, criteria and a payload: whatever they hold, they are judged, reviewed and
// explained.

// uses: engine/rules

#include "engine/base/json.h"
#include "engine/rules/examination.h"
#include "engine/rules/fixed_clock.h"
#include "engine/rules/rule_problems.h"

#include <cstdint>

using namespace stormglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t lineEnd = text.find('\n');
    const Result<Value> criteria = readJson(text.substr(0, lineEnd));
    const Result<Value> payload
        = readJson(lineEnd == std::string_view::npos ? "{}" : text.substr(lineEnd + 1));
    if (!criteria || !payload)
        return 0;
    const FixedClock clock(Timestamp(std::chrono::seconds(1'700'000'000)));
    static_cast<void>(criteriaProblems(*criteria));
    static_cast<void>(examine(Criteria::compile(*criteria), Facts{*payload, nullptr, clock}));
    return 0;
}
