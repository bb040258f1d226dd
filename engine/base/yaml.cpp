#include "engine/base/yaml.h"
#include "engine/base/yaml_scalar.h"
#include "engine/base/yaml_tree.h"

#include <optional>

namespace stormglass {

namespace {

// Gives the nodes of a tree their values, as PyYAML's safe constructor does. Recursion is bounded
// by the height that the tree was read with.
class Constructor
{
public:
    explicit Constructor(YamlTree tree)
        : m_tree(std::move(tree))
        , m_values(m_tree.nodes.size())
    {
    }

    Result<YamlDocument> construct()
    {
        if (!m_tree.root)
            return YamlDocument();
        SG_LET(m_document.value, value(*m_tree.root));
        return std::move(m_document);
    }

private:
    using Index = std::uint32_t;
    struct Pair
    {
        Index key = 0;
        Index value = 0;
    };

    // A node that aliases name again has its value already: they share it.
    Result<Value> value(Index index)
    {
        if (!m_values[index]) {
            SG_LET(m_values[index], newValue(m_tree.nodes[index]));
        }
        return *m_values[index];
    }

    Result<Value> newValue(const YamlNode &node)
    {
        switch (node.tag) {
        case YamlTag::Sequence:
            return sequence(node);
        case YamlTag::Map:
            return map(node);
        case YamlTag::Set:
            return set(node);
        case YamlTag::Omap:
        case YamlTag::Pairs:
            return pairs(node);
        case YamlTag::Text:
            return scalar(node, YamlType::Text);
        case YamlTag::Null:
            return scalar(node, YamlType::Null);
        case YamlTag::Bool:
            return scalar(node, YamlType::Bool);
        case YamlTag::Int:
            return scalar(node, YamlType::Int);
        case YamlTag::Float:
            return scalar(node, YamlType::Float);
        case YamlTag::Timestamp:
            return scalar(node, YamlType::Timestamp);
        case YamlTag::Binary:
            return binary(node);
        case YamlTag::Merge:
            return unknownTag(node, QStringLiteral("<<"));
        case YamlTag::Default:
            return unknownTag(node, QStringLiteral("="));
        case YamlTag::Other:
            break;
        }
        return unknownTag(node, QString::fromStdString(node.tagName));
    }

    static tl::unexpected<Error> unknownTag(const YamlNode &node, const QString &name)
    {
        return yamlFailure("ConstructorError", node,
                           QStringLiteral("the tag \"%1\" has no meaning here").arg(name));
    }

    // A scalar, or the value under the key `=` of a map.
    Result<const YamlNode *> scalarNode(const YamlNode &node) const
    {
        if (node.kind == YamlNode::Kind::Scalar)
            return &node;
        for (std::size_t i = 0; node.kind == YamlNode::Kind::Map && i < node.children.size();
             i += 2) {
            if (m_tree.nodes[node.children[i]].tag == YamlTag::Default)
                return scalarNode(m_tree.nodes[node.children[i + 1]]);
        }
        return yamlFailure("ConstructorError", node,
                           QStringLiteral("a single value is expected by its tag"));
    }

    static Result<Value> placed(Result<Value> value, const YamlNode &node)
    {
        if (value)
            return value;
        return yamlFailure(value.error().kind.toUtf8().constData(), node, value.error().message);
    }

    Result<Value> scalar(const YamlNode &node, YamlType type) const
    {
        SG_LET(const YamlNode *const written, scalarNode(node));
        return placed(yamlScalar(type, written->text), node);
    }

    Result<Value> binary(const YamlNode &node) const
    {
        SG_LET(const YamlNode *const written, scalarNode(node));
        return placed(yamlBinary(written->text), node);
    }

    Result<Value> sequence(const YamlNode &node)
    {
        SG_TRY(expect(node, YamlNode::Kind::Sequence));
        ValueList items;
        items.reserve(node.children.size());
        for (const Index child : node.children) {
            SG_LET(Value item, value(child));
            items.push_back(std::move(item));
        }
        return Value(std::move(items));
    }

    Result<Value> map(const YamlNode &node)
    {
        SG_TRY(expect(node, YamlNode::Kind::Map));
        warnOfDuplicates(node);
        SG_LET(const std::vector<Pair> pairs, flattened(node));
        ValueMap entries;
        entries.reserve(pairs.size());
        for (const Pair &pair : pairs) {
            SG_LET(Value key, hashable(pair.key));
            SG_LET(Value item, value(pair.value));
            entries.set(std::move(key), std::move(item));
        }
        return Value(std::move(entries));
    }

    Result<Value> set(const YamlNode &node)
    {
        SG_TRY(expect(node, YamlNode::Kind::Map));
        SG_LET(const std::vector<Pair> pairs, flattened(node));
        ValueSet members;
        for (const Pair &pair : pairs) {
            SG_LET(Value member, hashable(pair.key));
            SG_TRY(value(pair.value));
            members.add(std::move(member));
        }
        return Value(std::move(members));
    }

    // A sequence of maps of one entry each, as tuples.
    Result<Value> pairs(const YamlNode &node)
    {
        SG_TRY(expect(node, YamlNode::Kind::Sequence));
        ValueList items;
        for (const Index child : node.children) {
            const YamlNode &pair = m_tree.nodes[child];
            SG_TRY(expect(pair, YamlNode::Kind::Map));
            if (pair.children.size() != 2)
                return yamlFailure("ConstructorError", pair, QStringLiteral("expected one entry"));
            SG_LET(Value key, value(pair.children[0]));
            SG_LET(Value item, value(pair.children[1]));
            items.push_back(Value::tuple({std::move(key), std::move(item)}));
        }
        return Value(std::move(items));
    }

    Result<Value> hashable(Index index)
    {
        SG_LET(Value key, value(index));
        if (key.isList() || key.isMap() || key.isSet())
            return yamlFailure(
                "ConstructorError", m_tree.nodes[index],
                QStringLiteral(
                    "a list or a mapping cannot be a key; put it in quotes if it is a template"));
        return key;
    }

    // The entries with what `<<` brings in front of them, so that own ones win.
    Result<std::vector<Pair>> flattened(const YamlNode &node)
    {
        std::vector<Pair> merged;
        std::vector<Pair> own;
        for (std::size_t i = 0; i < node.children.size(); i += 2) {
            YamlNode &key = m_tree.nodes[node.children[i]];
            if (key.tag == YamlTag::Merge) {
                SG_TRY(merge(m_tree.nodes[node.children[i + 1]], merged));
                continue;
            }
            if (key.tag == YamlTag::Default)
                key.tag = YamlTag::Text;
            own.push_back({node.children[i], node.children[i + 1]});
        }
        merged.insert(merged.end(), own.begin(), own.end());
        return merged;
    }

    Result<> merge(const YamlNode &source, std::vector<Pair> &merged)
    {
        if (source.kind == YamlNode::Kind::Map) {
            SG_LET(const std::vector<Pair> pairs, flattened(source));
            merged.insert(merged.end(), pairs.begin(), pairs.end());
            return {};
        }
        if (source.kind == YamlNode::Kind::Scalar)
            return yamlFailure("ConstructorError", source,
                               QStringLiteral("<< takes a mapping or a list of mappings"));
        // The first of a list wins, so it comes last.
        for (auto child = source.children.rbegin(); child != source.children.rend(); ++child) {
            const YamlNode &part = m_tree.nodes[*child];
            SG_TRY(expect(part, YamlNode::Kind::Map));
            SG_LET(const std::vector<Pair> pairs, flattened(part));
            merged.insert(merged.end(), pairs.begin(), pairs.end());
        }
        return {};
    }

    static Result<> expect(const YamlNode &node, YamlNode::Kind kind)
    {
        if (node.kind == kind)
            return {};
        return yamlFailure("ConstructorError", node,
                           kind == YamlNode::Kind::Map ? QStringLiteral("expected a mapping")
                                                       : QStringLiteral("expected a list"));
    }

    // Only scalars: what else could be a key twice is refused as a key.
    void warnOfDuplicates(const YamlNode &node)
    {
        ValueSet seen;
        for (std::size_t i = 0; i < node.children.size(); i += 2) {
            const YamlNode &key = m_tree.nodes[node.children[i]];
            if (key.kind != YamlNode::Kind::Scalar || key.tag == YamlTag::Merge)
                continue;
            const Result<Value> name = value(node.children[i]);
            if (!name)
                continue;
            if (seen.contains(*name) && m_document.warnings.size() < mostWarnings)
                m_document.warnings.append(QStringLiteral("line %1: the key \"%2\" is set twice")
                                               .arg(key.line)
                                               .arg(QString::fromStdString(key.text)));
            seen.add(*name);
        }
    }

    static constexpr qsizetype mostWarnings = 100;

    YamlTree m_tree;
    std::vector<std::optional<Value>> m_values;
    YamlDocument m_document;
};

} // namespace

Result<YamlDocument> readYamlDocument(std::string_view text, const YamlLimits &limits)
{
    SG_LET(YamlTree tree, readYamlTree(text, limits));
    return Constructor(std::move(tree)).construct();
}

Result<Value> readYaml(std::string_view text, const YamlLimits &limits)
{
    SG_LET(YamlDocument document, readYamlDocument(text, limits));
    return std::move(document.value);
}

} // namespace stormglass
