#pragma once

#include "engine/base/yaml_scalar.h"

#include <string_view>

namespace stormglass {

enum class YamlTag {
    Text,
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    Merge,
    Default,
    Binary,
    Sequence,
    Map,
    Set,
    Omap,
    Pairs,
    Other
};

// Of a scalar that is typed by its look.
YamlTag yamlTagOf(YamlType type);

// By its full name, `tag:yaml.org,2002:…`.
YamlTag yamlTagOf(std::string_view name);

} // namespace stormglass
