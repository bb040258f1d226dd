#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"

#include <QHash>
#include <QString>

#include <vector>

namespace stormglass {

// What happened in a sample installation: events, what rules said of them, executions and their output.
struct SampleHistory {
    // Newest first.
    std::vector<Value> events;
    std::vector<Value> executions;
    // By trigger instance.
    QHash<QString, Value> verdicts;
    // By execution.
    QHash<QString, QByteArray> outputs;
};

namespace sample {

SampleHistory history(Timestamp now);
// One more event of the kinds that come by themselves, with its verdicts: `number` chooses which.
Value event(int number, Timestamp time);
Value verdictsFor(const Value &event, int number);
Value execution(const QString &action, const QString &status, Timestamp start, int number);

} // namespace sample

} // namespace stormglass
