#include "engine/aliases/format_anchors.h"

#include "engine/expressions/regex_pattern.h"

#include <algorithm>

namespace stormglass {

namespace {

using Kind = RegexNode::Kind;

bool holds(const RegexNode &node, Kind line, Kind text)
{
    const auto isIn = [&](const RegexNode &child) { return holds(child, line, text); };
    switch (node.kind) {
    case Kind::Sequence:
    case Kind::Group:
        return std::ranges::any_of(node.children, isIn);
    case Kind::Branch:
        return isIn(node.children[1]);
    default:
        return node.kind == line || node.kind == text;
    }
}

} // namespace

Result<FormatAnchors> anchorsIn(std::string_view expression, const RegexFlags &flags)
{
    SG_LET(const RegexPattern parsed, parseRegex(expression, flags));
    return FormatAnchors{holds(parsed.root, Kind::LineStart, Kind::TextStart),
                         holds(parsed.root, Kind::LineEnd, Kind::TextEnd)};
}

} // namespace stormglass
