#pragma once

#include "engine/base/value.h"

#include <QString>

namespace stormglass::ui {

// What a program wrote for a terminal, without the colours and other things that do not print.
QString printable(const QString &text);

// One line that tells payloads apart: the members a person would read first, then the rest, at most
// `limit` characters. Never follows the whole of a large value.
QString summaryOf(const Value &value, qsizetype limit = 160);

// A scalar as it is written, a container as a summary.
QString shortText(const Value &value, qsizetype limit = 80);

} // namespace stormglass::ui
