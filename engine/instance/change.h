#pragma once

#include "engine/base/value.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace stormglass {

// Grows by one a change within one run of the engine; 0 is before the first.
using ChangeNumber = std::uint64_t;

// One thing that happened, as the stream tells it (api.md 8): `event` is StackStorm's name of it,
// such as `st2.execution__create`, `st2.triggerinstance__update`, `st2.execution.output__create`,
// or ours: `stormglass.verdict__create`, `stormglass.sensor__update`, `stormglass.reset` (read
// everything again).
struct Change
{
    ChangeNumber number = 0;
    QString event;
    Value payload;
};

// Empty lists mean everything.
struct ChangeFilter
{
    // Names of events; a trailing `*` stands for any rest.
    QStringList events = {};
    QStringList actionRefs = {};
    QStringList executionIds = {};
    // stdout, stderr, output: of the chunks of output only.
    QStringList outputTypes = {};

    // `stormglass.reset` is for everyone.
    bool takes(const Change &change) const;
    friend bool operator==(const ChangeFilter &, const ChangeFilter &) = default;
};

} // namespace stormglass
