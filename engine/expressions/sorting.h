#pragma once

#include "engine/base/value.h"

#include <functional>

namespace stormglass {

class Evaluation;

enum class SortOrder { Ascending, Descending };

// sorted(): stable, in descending order too. False, and failed, where two values have no order.
bool sortValues(Evaluation &evaluation, ValueList &values, SortOrder order);

// The same by a key that is asked once a value.
bool sortValuesBy(Evaluation &evaluation, ValueList &values, SortOrder order,
                  const std::function<Value(const Value &)> &key);

} // namespace stormglass
