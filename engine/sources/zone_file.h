#pragma once

#include "engine/sources/time_zone.h"

namespace stormglass {

// Reads a compiled zone file (RFC 8536) and spells out the rule at its end up to the year 2500.
// Invalid (kind ValueError) for anything else.
Result<TimeZone> readZone(const QString &name, QByteArrayView data);

} // namespace stormglass
