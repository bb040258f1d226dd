#pragma once

#include "engine/rules/condition.h"

#include <QStringList>

namespace stormglass {

// Keys of a payload that a condition on a missing key may have meant: spelled nearly alike at the
// same place, or with the same last name elsewhere. A few, nearest first; only of plain paths.
QStringList nearbyKeys(const RuleCondition &condition, const Value &payload);

// A path that leads to these names below `trigger`, quoted where it must be.
QString keyFromNames(const std::vector<std::string> &names);

} // namespace stormglass
