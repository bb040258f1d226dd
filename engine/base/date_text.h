#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <chrono>
#include <string_view>

namespace stormglass {

// Reads a date, a time or both as people and programs write them, as leniently as Python's
// dateutil: ISO 8601 in most forms, `June 1, 2024 7pm`, `13/06/2024`, `Sat, 01 Jun 2024 12:00:00
// GMT`, `20240601T120000`, `12:00 +05:30`. Of two numbers that may both be a month the first is it.
// What the text leaves out comes from `today`, at midnight; so does the century of a year of two
// digits. The value has an offset if the text has one; names of zones other than UTC, GMT and Z are
// passed over. Errors are Invalid, kind ParserError. Thread: any.
Result<DateTimeValue> readDateText(std::string_view text, std::chrono::local_days today);

} // namespace stormglass
