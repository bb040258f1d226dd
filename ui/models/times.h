#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"

#include <QString>
#include <QTimeZone>

#include <optional>

namespace stormglass::ui {

// How moments, durations and sizes are said. Thread: Main.

// A time as the API writes it; none where it is no such text.
std::optional<Timestamp> timeOf(const Value &value);

// `14:02:41.233`, with the day in front where it is another than today.
QString clockText(Timestamp time, Timestamp now, const QTimeZone &zone);
// `2024-04-06 01:15:06.602 CEST`.
QString exactText(Timestamp time, const QTimeZone &zone);
// `01:15`, or with the day where it is another: for the ends of a time line.
QString minuteText(Timestamp time, Timestamp now, const QTimeZone &zone);
// `just now`, `18 s ago`, `3 min ago`, `in 2 h`.
QString relativeText(Timestamp time, Timestamp now);
// `0.8 ms`, `340 ms`, `1.9 s`, `2 min 10 s`, `3 h 4 min`, `5 d 2 h`.
QString durationText(std::chrono::microseconds duration);
// `912 B`, `4.1 MB`.
QString sizeText(std::int64_t bytes);
// `4 180`: a thin space between thousands.
QString countText(std::int64_t count);
// `1 rule`, `1 204 rules`: `many` has the place for the number.
QString countedText(std::int64_t count, const QString &one, const QString &many);
// `UTC+1`.
QString zoneText(const QTimeZone &zone, Timestamp now);

} // namespace stormglass::ui
