#pragma once

#include "engine/api/routes.h"
#include "engine/expressions/expression.h"
#include "engine/model/pack.h"
#include "engine/packs/sealed_values.h"
#include "engine/schema/masking.h"

#include <optional>

namespace stormglass {

// A configuration as the API shows it: secrets masked, unless an admin asks for them
// (`show_secrets`). Takes it as it is stored, sealed. A pack without a schema has no secrets.
Result<Value> shownConfig(const Call &call, const PackConfig &config,
                          const std::optional<ConfigSchema> &schema, const Resolver *resolver);

} // namespace stormglass
