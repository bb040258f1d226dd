#pragma once

#include "engine/base/value.h"
#include "engine/model/ref.h"

namespace stormglass {

// `action:pack:name` and the like, as grants name resources (api.md 2.2).
QString uidOf(const QString &resource, const Ref &ref);

// MD5 of the parameters' JSON as Python writes it, keys sorted: what identifies a trigger within
// its type.
QString hashOf(const Value &parameters);

} // namespace stormglass
