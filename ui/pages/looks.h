#pragma once

#include "engine/model/execution_status.h"
#include "engine/model/verdict.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/marks.h"

#include <QString>

namespace stormglass::ui {

// How the states of things are drawn: always a shape and a tone, never a colour alone.
struct StateLook
{
    QString glyph;
    Tone tone = Tone::Muted;
};

StateLook lookOf(ExecutionStatus status);
StateLook lookOfExecution(const QString &status);
StateLook lookOfRule(const QString &state);
StateLook lookOfSensor(const QString &state);
StateLook lookOf(VerdictKind kind);
Mark markOf(VerdictKind kind);

} // namespace stormglass::ui
