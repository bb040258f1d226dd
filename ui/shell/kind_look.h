#pragma once

#include "ui/models/connection.h"
#include "ui/theme/tokens.h"

#include <QString>

namespace stormglass::ui {

// Which engine is being changed is always visible: grey local, green development, amber staging,
// red production.
Tone toneOf(InstanceKind kind);
QString wordOf(InstanceKind kind);
QString nameOf(InstanceKind kind);
InstanceKind kindFromName(const QString &name);

} // namespace stormglass::ui
