#include "engine/base/yaml_place.h"

#include "engine/base/yaml_tree.h"

namespace stormglass {

namespace {

struct Step
{
    std::uint32_t target = 0;
    std::size_t line = 0;
    // What of the path is still to go.
    QString rest;
};

// What follows a step of that name; none if the path does not begin with it.
std::optional<QString> after(const QString &path, const QString &name)
{
    if (path == name)
        return QString();
    if (!name.isEmpty() && path.startsWith(name + QLatin1Char('.')))
        return path.mid(name.size() + 1);
    return std::nullopt;
}

// Keys may have dots of their own: the longest that fits is meant.
std::optional<Step> intoMap(const YamlTree &tree, const YamlNode &map, const QString &path)
{
    std::optional<Step> best;
    for (std::size_t i = 0; i + 1 < map.children.size(); i += 2) {
        const YamlNode &key = tree.nodes[map.children[i]];
        const std::optional<QString> rest = after(path, QString::fromStdString(key.text));
        if (rest && (!best || rest->size() < best->rest.size()))
            best = Step{map.children[i + 1], key.line, *rest};
    }
    return best;
}

std::optional<Step> intoSequence(const YamlTree &tree, const YamlNode &sequence,
                                 const QString &path)
{
    const QString first = path.section(QLatin1Char('.'), 0, 0);
    bool isNumber = false;
    const std::size_t index = first.toULong(&isNumber);
    if (!isNumber || index >= sequence.children.size())
        return std::nullopt;
    const std::uint32_t target = sequence.children[index];
    return Step{target, tree.nodes[target].line, path.mid(first.size() + 1)};
}

} // namespace

int yamlLineAt(std::string_view text, const QString &path)
{
    const Result<YamlTree> tree = readYamlTree(text, {});
    if (!tree || !tree->root)
        return 0;
    Step at{*tree->root, 0, path};
    while (!at.rest.isEmpty()) {
        const YamlNode &node = tree->nodes[at.target];
        const std::optional<Step> next = node.kind == YamlNode::Kind::Map
            ? intoMap(*tree, node, at.rest)
            : intoSequence(*tree, node, at.rest);
        if (!next)
            break;
        at = *next;
    }
    return static_cast<int>(at.line);
}

} // namespace stormglass
