#pragma once

#include "engine/base/yaml_source.h"
#include "engine/base/yaml_tree.h"

namespace YAML {
class Exception;
struct Mark;
} // namespace YAML

namespace stormglass {

// Where a mark of the parser stands in its text.
std::size_t yamlPosition(const YAML::Mark &mark);

// What the parser refused, as PyYAML would class it and in our words.
tl::unexpected<Error> yamlRefusal(const YAML::Exception &exception, const YamlSource &source);

} // namespace stormglass
