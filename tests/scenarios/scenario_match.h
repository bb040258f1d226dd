#pragma once

#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// Whether a document has what a scenario asks of it: maps may have more members than asked for,
// lists may not. A text that begins with `~` is a regular expression to be found in the document's
// text;
// `*` asks for anything but null; null asks for null or nothing.
bool hasWanted(const Value &wanted, const Value &actual);

// What keeps `actual` from being the items asked for, each one by an item of its own; empty if
// nothing does. `wanted` is a number of items, a list of them, or a map of `count`, `items` and
// `at_least`.
QString missingIn(const Value &wanted, const ValueList &actual);

} // namespace stormglass
