#include "engine/base/yaml_tag.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stormglass {

namespace {

constexpr std::string_view standardPrefix = "tag:yaml.org,2002:";

constexpr std::array<std::pair<std::string_view, YamlTag>, 14> standardTags{
    {{"str", YamlTag::Text},
     {"null", YamlTag::Null},
     {"bool", YamlTag::Bool},
     {"int", YamlTag::Int},
     {"float", YamlTag::Float},
     {"timestamp", YamlTag::Timestamp},
     {"merge", YamlTag::Merge},
     {"value", YamlTag::Default},
     {"binary", YamlTag::Binary},
     {"seq", YamlTag::Sequence},
     {"map", YamlTag::Map},
     {"set", YamlTag::Set},
     {"omap", YamlTag::Omap},
     {"pairs", YamlTag::Pairs}}};

} // namespace

YamlTag yamlTagOf(YamlType type)
{
    switch (type) {
    case YamlType::Text:
        return YamlTag::Text;
    case YamlType::Null:
        return YamlTag::Null;
    case YamlType::Bool:
        return YamlTag::Bool;
    case YamlType::Int:
        return YamlTag::Int;
    case YamlType::Float:
        return YamlTag::Float;
    case YamlType::Timestamp:
        return YamlTag::Timestamp;
    case YamlType::Merge:
        return YamlTag::Merge;
    case YamlType::Default:
        return YamlTag::Default;
    }
    return YamlTag::Text;
}

YamlTag yamlTagOf(std::string_view name)
{
    if (!name.starts_with(standardPrefix))
        return YamlTag::Other;
    name.remove_prefix(standardPrefix.size());
    const auto found = std::find_if(standardTags.begin(), standardTags.end(),
                                    [&](const auto &tagged) { return tagged.first == name; });
    return found == standardTags.end() ? YamlTag::Other : found->second;
}

} // namespace stormglass
