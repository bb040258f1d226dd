#include "engine/expressions/regex_width.h"

#include <algorithm>

namespace stormglass {

namespace {

constexpr std::uint64_t unlimited = 4'294'967'295;

RegexWidth clipped(std::uint64_t least, std::uint64_t most)
{
    return {std::min(least, unlimited - 1), std::min(most, unlimited)};
}

RegexWidth widestOf(const std::vector<RegexNode> &nodes)
{
    RegexWidth width{unlimited - 1, 0};
    for (const RegexNode &node : nodes)
        width = {std::min(width.least, node.width.least), std::max(width.most, node.width.most)};
    return width;
}

RegexWidth sumOf(const std::vector<RegexNode> &nodes)
{
    RegexWidth width;
    for (const RegexNode &node : nodes)
        width = width + node.width;
    return width;
}

} // namespace

RegexWidth operator+(const RegexWidth &a, const RegexWidth &b)
{
    return clipped(a.least + b.least, a.most + b.most);
}

void measure(RegexNode &node)
{
    using Kind = RegexNode::Kind;
    switch (node.kind) {
    case Kind::Literal:
    case Kind::Any:
    case Kind::Set:
        node.width = {1, 1};
        break;
    case Kind::LineStart:
    case Kind::LineEnd:
    case Kind::TextStart:
    case Kind::TextEnd:
    case Kind::Boundary:
    case Kind::NotBoundary:
    case Kind::LookAhead:
    case Kind::NotLookAhead:
    case Kind::LookBehind:
    case Kind::NotLookBehind:
        node.width = {};
        break;
    case Kind::Sequence:
    case Kind::Group:
    case Kind::Atomic:
        node.width = sumOf(node.children);
        break;
    case Kind::Branch:
        node.width = widestOf(node.children);
        break;
    case Kind::Repeat: {
        const RegexWidth once = sumOf(node.children);
        node.width = clipped(once.least * node.least, once.most * node.most.value_or(unlimited));
        break;
    }
    case Kind::Conditional:
        node.width = widestOf(node.children);
        if (node.children.size() == 1)
            node.width.least = 0;
        break;
    case Kind::BackReference:
        break;
    }
}

} // namespace stormglass
