#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

#include <string>
#include <string_view>

namespace stormglass {

struct YamlLimits
{
    int depth = 100;
    std::size_t bytes = 8UL * 1024 * 1024;
    // Nodes after aliases are followed: what stops a "billion laughs".
    std::size_t nodes = 1'000'000;
};

struct YamlDocument
{
    Value value;
    // What PyYAML lets pass and an author should know: `line 7: the key "name" is set twice`.
    QStringList warnings;
};

// One YAML 1.1 document, typed as PyYAML's safe loader types it (yes/no/on/off, octal, sexagesimal,
// timestamps, merge keys, !!binary, !!set, aliases); an empty one is null, a second one is refused.
// Tabs, unknown tags and bad anchors are Invalid with line and column in `place`. Thread: any.
Result<YamlDocument> readYamlDocument(std::string_view text, const YamlLimits &limits = {});
Result<Value> readYaml(std::string_view text, const YamlLimits &limits = {});

struct YamlStyle
{
    // Spaces a level, 2 to 9.
    int indent = 2;
    // Where long text is folded; negative: never.
    int width = 80;
    bool sortKeys = false;
    // Otherwise what is not ASCII is escaped in double quotes.
    bool allowUnicode = true;
};

// Block style as PyYAML's safe_dump(default_flow_style=False) writes it, quoted wherever plain text
// would be read as another type. What YAML cannot carry (a time of day, a duration, an object)
// becomes text; there are no aliases.
std::string writeYaml(const Value &value, const YamlStyle &style = {});

} // namespace stormglass
