#include "engine/base/yaml_tree.h"
#include "engine/base/utf8.h"
#include "engine/base/yaml_scalar.h"

#include <yaml.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

namespace stormglass {

namespace {

QString placeOf(const yaml_mark_t &mark)
{
    return QStringLiteral("%1:%2").arg(mark.line + 1).arg(mark.column + 1);
}

std::string_view viewOf(const yaml_char_t *text)
{
    return text ? std::string_view(reinterpret_cast<const char *>(text)) : std::string_view();
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// What LibYAML's parser hands out one by one; freed with it.
class Event
{
public:
    Event() = default;
    Event(const Event &) = delete;
    Event &operator=(const Event &) = delete;
    ~Event() { yaml_event_delete(&m_event); }

    yaml_event_t *address() { return &m_event; }
    const yaml_event_t *operator->() const { return &m_event; }

private:
    yaml_event_t m_event{};
};

class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {
        SG_ASSERT(yaml_parser_initialize(&m_parser) == 1);
        yaml_parser_set_input_string(
            &m_parser, reinterpret_cast<const unsigned char *>(text.data()), text.size());
    }
    Parser(const Parser &) = delete;
    Parser &operator=(const Parser &) = delete;
    ~Parser() { yaml_parser_delete(&m_parser); }

    Result<std::unique_ptr<Event>> next()
    {
        auto event = std::make_unique<Event>();
        if (yaml_parser_parse(&m_parser, event->address()) == 1)
            return event;
        return refusal();
    }

private:
    tl::unexpected<Error> refusal() const
    {
        switch (m_parser.error) {
        case YAML_READER_ERROR:
            return yamlFailure(
                "ReaderError",
                QString::fromStdString(lineAndColumn(m_text, m_parser.problem_offset)),
                QString::fromUtf8(m_parser.problem));
        case YAML_SCANNER_ERROR:
            return yamlFailure("ScannerError", placeOf(m_parser.problem_mark), problem());
        case YAML_PARSER_ERROR:
            return yamlFailure("ParserError", placeOf(m_parser.problem_mark), problem());
        default:
            return failure(ErrorCode::Unavailable,
                           QStringLiteral("There is no memory left to read this YAML."));
        }
    }

    QString problem() const
    {
        if (isTab())
            return QStringLiteral("a tab cannot indent; use spaces");
        const QString reason = QString::fromUtf8(m_parser.problem);
        if (!m_parser.context)
            return reason;
        return reason
            + QStringLiteral(" (%1 at %2)")
                  .arg(QString::fromUtf8(m_parser.context), placeOf(m_parser.context_mark));
    }

    // A tab where a token should start is told by a mark alone, which counts lines and characters.
    bool isTab() const
    {
        std::string_view rest = m_text;
        for (std::size_t line = 0; line < m_parser.problem_mark.line; ++line) {
            const std::size_t end = rest.find('\n');
            if (end == std::string_view::npos)
                return false;
            rest.remove_prefix(end + 1);
        }
        const std::size_t column = m_parser.problem_mark.column;
        return rest.size() > column
            && rest.substr(0, column).find_first_not_of(" -?:\t") == std::string_view::npos
            && rest[column] == '\t';
    }

    const std::string_view m_text;
    yaml_parser_t m_parser{};
};

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

YamlTag tagOf(YamlType type)
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

// Builds the tree by recursion, which the limit on depth bounds.
class Composer
{
public:
    Composer(std::string_view text, const YamlLimits &limits)
        : m_parser(text)
        , m_limits(limits)
    {
    }

    Result<YamlTree> compose()
    {
        SG_LET(const std::unique_ptr<Event> start, m_parser.next());
        SG_LET(const std::unique_ptr<Event> document, m_parser.next());
        if ((*document)->type == YAML_STREAM_END_EVENT)
            return std::move(m_tree);
        SG_LET(const std::unique_ptr<Event> first, m_parser.next());
        SG_LET(m_tree.root, node(*first, 1));
        SG_LET(const std::unique_ptr<Event> end, m_parser.next());
        SG_LET(const std::unique_ptr<Event> behind, m_parser.next());
        if ((*behind)->type != YAML_STREAM_END_EVENT)
            return yamlFailure(
                "ComposerError", placeOf((*behind)->start_mark),
                QStringLiteral("expected a single document, but another one starts here"));
        return std::move(m_tree);
    }

private:
    using Index = std::uint32_t;

    Result<Index> node(const Event &event, int depth)
    {
        if (event->type == YAML_ALIAS_EVENT)
            return alias(event, depth);
        if (depth > m_limits.depth || m_tree.nodes.size() >= m_limits.nodes)
            return tooLarge(event);
        const Index index = static_cast<Index>(m_tree.nodes.size());
        m_tree.nodes.push_back(
            {.line = event->start_mark.line + 1, .column = event->start_mark.column + 1});
        switch (event->type) {
        case YAML_SCALAR_EVENT:
            SG_TRY(scalar(event, index));
            break;
        case YAML_SEQUENCE_START_EVENT:
            SG_TRY(sequence(event, index, depth));
            break;
        default:
            SG_TRY(map(event, index, depth));
            break;
        }
        return index;
    }

    Result<Index> alias(const Event &event, int depth)
    {
        const std::string name(viewOf(event->data.alias.anchor));
        const auto found = m_anchors.find(name);
        if (found == m_anchors.end())
            return yamlFailure(
                "ComposerError", placeOf(event->start_mark),
                QStringLiteral("the alias \"%1\" is nowhere defined above").arg(toText(name)));
        const YamlNode &target = m_tree.nodes[found->second];
        if (target.nodes == unfinished)
            return yamlFailure(
                "ConstructorError", placeOf(event->start_mark),
                QStringLiteral("the alias \"%1\" stands within what it names").arg(toText(name)));
        if (depth + target.height - 1 > m_limits.depth)
            return tooLarge(event);
        return found->second;
    }

    Result<> scalar(const Event &event, Index index)
    {
        const auto &data = event->data.scalar;
        SG_TRY(anchor(data.anchor, event, index));
        YamlNode &node = m_tree.nodes[index];
        node.text.assign(reinterpret_cast<const char *>(data.value), data.length);
        if (hasOwnTag(data.tag))
            setTag(node, data.tag);
        else
            node.tag = data.plain_implicit ? tagOf(yamlTypeOf(node.text)) : YamlTag::Text;
        return {};
    }

    Result<> sequence(const Event &event, Index index, int depth)
    {
        const auto &data = event->data.sequence_start;
        YamlNode &node = m_tree.nodes[index];
        node.kind = YamlNode::Kind::Sequence;
        node.tag = YamlTag::Sequence;
        if (hasOwnTag(data.tag))
            setTag(node, data.tag);
        SG_TRY(anchor(data.anchor, event, index));
        return children(index, depth, YAML_SEQUENCE_END_EVENT);
    }

    Result<> map(const Event &event, Index index, int depth)
    {
        const auto &data = event->data.mapping_start;
        YamlNode &node = m_tree.nodes[index];
        node.kind = YamlNode::Kind::Map;
        node.tag = YamlTag::Map;
        if (hasOwnTag(data.tag))
            setTag(node, data.tag);
        SG_TRY(anchor(data.anchor, event, index));
        return children(index, depth, YAML_MAPPING_END_EVENT);
    }

    Result<> children(Index parent, int depth, yaml_event_type_t end)
    {
        std::size_t nodes = 1;
        int height = 1;
        m_tree.nodes[parent].nodes = unfinished;
        std::vector<Index> found;
        for (;;) {
            SG_LET(const std::unique_ptr<Event> event, m_parser.next());
            if ((*event)->type == end)
                break;
            SG_LET(const Index child, node(*event, depth + 1));
            found.push_back(child);
            nodes += m_tree.nodes[child].nodes;
            height = std::max(height, 1 + m_tree.nodes[child].height);
            if (nodes > m_limits.nodes)
                return tooLarge(*event);
        }
        YamlNode &node = m_tree.nodes[parent];
        node.children = std::move(found);
        node.nodes = nodes;
        node.height = height;
        return {};
    }

    Result<> anchor(const yaml_char_t *name, const Event &event, Index index)
    {
        if (name && !m_anchors.emplace(viewOf(name), index).second)
            return yamlFailure(
                "ComposerError", placeOf(event->start_mark),
                QStringLiteral("the anchor \"%1\" is defined twice").arg(toText(viewOf(name))));
        return {};
    }

    static bool hasOwnTag(const yaml_char_t *tag) { return tag && viewOf(tag) != "!"; }

    static void setTag(YamlNode &node, const yaml_char_t *tag)
    {
        constexpr std::string_view prefix = "tag:yaml.org,2002:";
        std::string_view name = viewOf(tag);
        node.tag = YamlTag::Other;
        node.tagName = name;
        if (!name.starts_with(prefix))
            return;
        name.remove_prefix(prefix.size());
        const auto found = std::find_if(standardTags.begin(), standardTags.end(),
                                        [&](const auto &tagged) { return tagged.first == name; });
        if (found != standardTags.end())
            node.tag = found->second;
    }

    tl::unexpected<Error> tooLarge(const Event &event) const
    {
        return yamlFailure(
            "ComposerError", placeOf(event->start_mark),
            QStringLiteral("nested deeper than %1 levels or more than %2 nodes, aliases followed")
                .arg(m_limits.depth)
                .arg(m_limits.nodes));
    }

    static constexpr std::size_t unfinished = 0;

    Parser m_parser;
    const YamlLimits &m_limits;
    YamlTree m_tree;
    std::unordered_map<std::string, Index> m_anchors;
};

// LibYAML compares each tag directive with all before it, and each tag with every directive.
bool hasTooManyDirectives(std::string_view text)
{
    // What ends a line in YAML 1.1, by its last byte.
    constexpr std::string_view lineEnds = "\n\r\x85\xa8\xa9";
    constexpr int most = 64;
    int count = 0;
    for (std::size_t at = text.find("%TAG"); at != std::string_view::npos && count <= most;
         at = text.find("%TAG", at + 1)) {
        if (at == 0 || lineEnds.find(text[at - 1]) != std::string_view::npos)
            ++count;
    }
    return count > most;
}

} // namespace

tl::unexpected<Error> yamlFailure(const char *kind, const QString &place, const QString &reason)
{
    return failure(Error{ErrorCode::Invalid,
                         QStringLiteral("Not YAML at %1: %2.").arg(place, reason),
                         QString::fromUtf8(kind), place});
}

tl::unexpected<Error> yamlFailure(const char *kind, const YamlNode &node, const QString &reason)
{
    return yamlFailure(kind, QStringLiteral("%1:%2").arg(node.line).arg(node.column), reason);
}

Result<YamlTree> readYamlTree(std::string_view text, const YamlLimits &limits)
{
    if (text.size() > limits.bytes)
        return failure(Error{ErrorCode::Invalid,
                             QStringLiteral("A YAML text of %1 bytes is beyond the limit of %2.")
                                 .arg(text.size())
                                 .arg(limits.bytes),
                             QStringLiteral("ReaderError")});
    if (hasTooManyDirectives(text))
        return yamlFailure("ParserError", QStringLiteral("1:1"),
                           QStringLiteral("too many %TAG directives"));
    return Composer(text, limits).compose();
}

} // namespace stormglass
