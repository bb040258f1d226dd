#pragma once

#include "engine/base/value.h"

#include <optional>
#include <string>

namespace stormglass {

class Evaluation;

struct PythonJsonStyle
{
    // What stands for one level; none: one line.
    std::optional<std::string> indent = {};
    std::string itemSeparator = ", ";
    std::string keySeparator = ": ";
    bool sortKeys = false;
    bool escapesNonAscii = true;
};

// json.dumps(value, …): TypeError for what JSON cannot carry, other keys than text made text.
std::string pythonJson(Evaluation &evaluation, const Value &value,
                       const PythonJsonStyle &style = {});

// The value with every lazy sequence, view and safe text in it made plain; what is left of our own
// objects stays.
Value plainValue(Evaluation &evaluation, const Value &value);

} // namespace stormglass
