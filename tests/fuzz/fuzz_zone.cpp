// A zone file and the rule at its end: any bytes are a zone or an error, and a zone tells the same
// both ways.

// uses: engine/sources

#include "engine/base/assert.h"
#include "engine/sources/zone_file.h"
#include "engine/sources/zone_rule.h"

#include <cstdint>

using namespace stormglass;
using namespace std::chrono;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const char *const bytes = reinterpret_cast<const char *>(data);
    static_cast<void>(ZoneRule::fromText({bytes, size}));
    const Result<TimeZone> zone
        = readZone(QStringLiteral("fuzz"), {bytes, static_cast<qsizetype>(size)});
    if (!zone)
        return 0;
    for (const int y : {1970, 2024, 2500, 9999}) {
        const sys_seconds instant = sys_days(year(y) / 7 / 1);
        static_cast<void>(zone->toInstant(zone->toWall(instant)));
        static_cast<void>(zone->transitionIn(instant, instant + days(400)));
    }
    return 0;
}
