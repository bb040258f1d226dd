#pragma once

#include "engine/model/rule.h"

#include <string>

namespace stormglass::bench {

// The body of a monitoring system's webhook, about 850 bytes as JSON. `sent` is a time in
// microseconds, or what tells one message from another.
std::string alertBody(std::int64_t sent);

// A rule on webhook `alerts`, as its POST carries it. All conditions but the last hold for
// alertBody; whether that holds too depends on `matches`.
Value alertRule(int number, bool matches, const QString &state);

} // namespace stormglass::bench
