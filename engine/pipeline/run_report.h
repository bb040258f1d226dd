#pragma once

#include "engine/runners/runner.h"

#include <variant>

namespace stormglass {

// What a runner told of one execution.
struct RunStarted
{
    Id execution;
    qint64 process = 0;
    std::uint64_t startTicks = 0;
};
struct RunOutput
{
    Id execution;
    QString stream;
    QByteArray data;
};
struct RunFinished
{
    Id execution;
    Outcome outcome;
};
using RunReport = std::variant<RunStarted, RunOutput, RunFinished>;

} // namespace stormglass
