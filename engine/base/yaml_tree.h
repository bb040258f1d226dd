#pragma once

#include "engine/base/result.h"
#include "engine/base/yaml.h"
#include "engine/base/yaml_tag.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// One node of a document as it was written, before it has a value. An alias is its target: the same
// index.
struct YamlNode
{
    enum class Kind { Scalar, Sequence, Map };

    Kind kind = Kind::Scalar;
    YamlTag tag = YamlTag::Text;
    // What a scalar says.
    std::string text = {};
    // The name of an Other tag.
    std::string tagName = {};
    // Of a sequence its items, of a map keys and values in turn.
    std::vector<std::uint32_t> children = {};
    // Both from one.
    std::size_t line = 0;
    std::size_t column = 0;
    // Nodes and levels from here down with every alias followed.
    std::size_t nodes = 1;
    int height = 1;
};

struct YamlTree
{
    std::vector<YamlNode> nodes;
    // None in an empty document.
    std::optional<std::uint32_t> root;
};

// Reads the one document of a text within the limits. Errors carry PyYAML's class in `kind`.
Result<YamlTree> readYamlTree(std::string_view text, const YamlLimits &limits);

// `Not YAML at 3:5: …`, with the place apart.
tl::unexpected<Error> yamlFailure(const char *kind, const QString &place, const QString &reason);
tl::unexpected<Error> yamlFailure(const char *kind, const YamlNode &node, const QString &reason);

} // namespace stormglass
