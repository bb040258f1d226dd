#pragma once

#include "engine/pipeline/catalogue.h"
#include "engine/store/stores.h"

namespace stormglass {

// A rule as it is shown: with the ref of its trigger, and its action's secret parameters masked.
Value ruleDocument(Stores &stores, Catalogue &catalogue, const Rule &rule);

} // namespace stormglass
