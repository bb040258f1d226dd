#include "engine/base/yaml_tree.h"

#include "engine/base/yaml_refusal.h"
#include "engine/base/yaml_scalar.h"
#include "engine/base/yaml_source.h"
#include "engine/base/yaml_text.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace stormglass {

namespace {

// Leaves the parser, which knows no other way out; caught below, in this file.
struct Refused
{
    Error error;
};

tl::unexpected<Error> tooLarge(const QString &place, const YamlLimits &limits)
{
    return yamlFailure(
        "ComposerError", place,
        QStringLiteral("nested deeper than %1 levels or more than %2 nodes, aliases followed")
            .arg(limits.depth)
            .arg(limits.nodes));
}

// Builds the tree from what the parser tells, and refuses what only YAML 1.2 or the parser allows.
// The limit on depth bounds the parser's recursion.
class Composer : public YAML::EventHandler
{
public:
    Composer(const YamlSource &source, const YamlLimits &limits)
        : m_source(source)
        , m_limits(limits)
    {
    }

    YamlTree takeTree() { return std::move(m_tree); }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        const std::size_t at = yamlPosition(mark);
        if (m_tree.root) {
            const bool isDocument = m_source.startsAt(at, "---");
            refuse(isDocument ? "ComposerError" : "ParserError", at,
                   isDocument ? "expected a single document, but another one starts here"
                              : "this does not belong to what stands before it");
        }
        if (m_source.startsAt(at, "..."))
            refuse("ParserError", at, "a document cannot end before it has started");
    }

    // The parser drops a directive behind a document.
    void OnDocumentEnd() override
    {
        const std::size_t at = m_source.text().find("\n%", m_lastAt);
        if (at != std::string::npos && m_tree.nodes[*m_tree.root].kind != YamlNode::Kind::Scalar
            && !m_isLastInFlow && !m_source.propertiesAt(m_lastAt).isQuoted)
            refuse("ScannerError", at + 1, "a directive stands in front of a document alone");
    }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const std::size_t at = yamlPosition(mark);
        checkMissing(at);
        const Index index = begin(at, anchor);
        YamlNode &node = m_tree.nodes[index];
        node.tag = YamlTag::Null;
        // At the end of the text the parser forgets the tag of nothing.
        if (const YamlProperties written = m_source.propertiesAt(at); written.hasTag)
            node.tag = written.isBare ? YamlTag::Text : yamlTagOf(written.tag);
        attach(index, at);
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const std::size_t at = yamlPosition(mark);
        SG_ASSERT(anchor > 0 && anchor <= m_anchored.size());
        const Index index = m_anchored[anchor - 1];
        const YamlNode &target = m_tree.nodes[index];
        if (target.nodes == unfinished)
            refuse("ConstructorError", at, "the alias stands within what it names");
        if (depth() + target.height - 1 > m_limits.depth)
            refuseSize(at);
        checkIndent(at);
        attach(index, at);
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &text) override
    {
        const std::size_t at = yamlPosition(mark);
        const Index index = begin(at, anchor);
        YamlNode &node = m_tree.nodes[index];
        const YamlProperties written = m_source.propertiesAt(at);
        node.text = textOf(written, text);
        if (!written.isBlock)
            checkIndent(at);
        if (tag == "?" || (written.isBare && !text.empty()))
            node.tag = yamlTagOf(yamlTypeOf(node.text));
        else if (tag != "!" && !written.isBare)
            setTag(node, tag, at);
        if (tag == "?" && isInFlow() && m_source.at(at) == ':')
            refuse("ParserError", at, "a key is missing before the colon");
        if (tag == "?" && isInFlow() && m_source.at(at) == '?')
            refuse("ScannerError", at, "a blank is expected behind the question mark");
        attach(index, at);
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override
    {
        open(YamlNode::Kind::Sequence, yamlPosition(mark), tag, anchor, style);
    }

    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override
    {
        open(YamlNode::Kind::Map, yamlPosition(mark), tag, anchor, style);
    }

    void OnMapEnd() override { close(); }

    void OnAnchor(const YAML::Mark &mark, const std::string &name) override
    {
        const std::size_t at = yamlPosition(mark);
        if (!YamlSource::isName(name))
            refuse("ScannerError", at, "an anchor's name has letters, digits, - and _ alone");
        if (!m_names.insert(name).second)
            refuse("ComposerError", at, "this anchor is defined twice");
    }

private:
    using Index = std::uint32_t;

    std::string textOf(const YamlProperties &written, const std::string &parsed) const
    {
        const std::size_t at = written.contentAt;
        // What follows a tag of nothing is another node's.
        if (written.hasTag && parsed.empty() && !written.isOnOneLine)
            return parsed;
        if (written.isQuoted && !m_source.closesQuote(at))
            refuse("ScannerError", at, "this quote is never closed");
        if (written.isQuoted)
            return yamlQuotedText(m_source.text(), at);
        if (!written.isBlock || isInFlow())
            return m_source.shown(parsed);
        const int indent = m_open.empty() ? -1 : m_open.back().column;
        const auto text = yamlBlockText(m_source.text(), at, indent);
        if (!text)
            refuse("ScannerError", text.error(), "a tab cannot indent; use spaces");
        return *text;
    }

    struct Open
    {
        Index index = 0;
        bool isMap = false;
        bool isFlow = false;
        std::vector<Index> children = {};
        std::size_t nodes = 1;
        int height = 1;
        std::size_t at = 0;
        std::size_t lastAt = 0;
        // Zero-based; of a block.
        int column = -1;
    };

    int depth() const { return static_cast<int>(m_open.size()) + 1; }
    bool isInFlow() const { return !m_open.empty() && m_open.back().isFlow; }

    // What YAML 1.1 wants written where the parser takes nothing for null.
    void checkMissing(std::size_t at) const
    {
        if (m_open.empty())
            return;
        const Open &parent = m_open.back();
        const bool isValue = parent.isMap && parent.children.size() % 2 == 1;
        if (parent.isFlow && !isValue && m_source.at(at) == ',')
            refuse("ParserError", at, "a value is missing before the comma");
        if (!isValue && parent.isMap && m_source.at(at) == ':')
            refuse("ParserError", at, "a key is missing before the colon");
        if (isValue && parent.isFlow && m_source.isTightColon(at))
            refuse("ScannerError", at, "a blank is expected behind the colon");
        if (isValue && !parent.isFlow && at == parent.lastAt && m_source.at(at) != '?')
            refuse("ScannerError", at, "could not find the colon behind this key");
    }

    // The parser takes what stands below a key for its value where only another key could stand.
    void checkIndent(std::size_t at) const
    {
        if (m_open.empty() || m_open.back().isFlow || !m_open.back().isMap
            || m_open.back().children.size() % 2 == 0)
            return;
        if (m_source.blockColumn(at, false) <= m_open.back().column)
            refuse("ScannerError", at, "could not find the colon behind this key");
    }

    Index begin(std::size_t at, YAML::anchor_t anchor)
    {
        if (depth() > m_limits.depth || m_tree.nodes.size() >= m_limits.nodes)
            refuseSize(at);
        if (const auto tab = isInFlow() ? std::nullopt : m_source.tabBefore(at))
            refuse("ScannerError", *tab, "a tab cannot indent; use spaces");
        if (m_source.hasBadTag(at, isInFlow()))
            refuse("ScannerError", at, "a blank is expected behind this tag");
        m_lastAt = std::max(m_lastAt, at);
        m_isLastInFlow = isInFlow();
        const Index index = static_cast<Index>(m_tree.nodes.size());
        const auto [line, column] = m_source.lineAndColumnOf(at);
        m_tree.nodes.push_back({.line = line, .column = column});
        // Anchors are numbered in their order; one in front of nothing comes without a node.
        if (anchor > 0) {
            m_anchored.resize(std::max(m_anchored.size(), anchor));
            m_anchored[anchor - 1] = index;
        }
        return index;
    }

    void attach(Index index, std::size_t at)
    {
        if (m_open.empty()) {
            m_tree.root = index;
            return;
        }
        Open &parent = m_open.back();
        parent.children.push_back(index);
        parent.lastAt = at;
        parent.nodes += m_tree.nodes[index].nodes;
        parent.height = std::max(parent.height, 1 + m_tree.nodes[index].height);
        if (parent.nodes > m_limits.nodes)
            refuseSize(at);
    }

    void open(YamlNode::Kind kind, std::size_t at, const std::string &tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style)
    {
        const Index index = begin(at, anchor);
        YamlNode &node = m_tree.nodes[index];
        node.kind = kind;
        node.nodes = unfinished;
        node.tag = kind == YamlNode::Kind::Map ? YamlTag::Map : YamlTag::Sequence;
        if (tag != "?" && tag != "!")
            setTag(node, tag, at);
        const bool isFlow = style == YAML::EmitterStyle::Flow || isInFlow();
        if (style == YAML::EmitterStyle::Flow)
            checkIndent(at);
        m_open.push_back(
            {.index = index,
             .isMap = kind == YamlNode::Kind::Map,
             .isFlow = isFlow,
             .at = at,
             .column = isFlow ? -1 : m_source.blockColumn(at, tag != "?" || anchor > 0)});
    }

    void close()
    {
        Open done = std::move(m_open.back());
        m_open.pop_back();
        YamlNode &node = m_tree.nodes[done.index];
        node.children = std::move(done.children);
        node.nodes = done.nodes;
        node.height = done.height;
        attach(done.index, done.at);
    }

    void setTag(YamlNode &node, const std::string &tag, std::size_t at) const
    {
        // A handle that no directive defines stays as it is.
        if (tag.size() > 1 && tag[0] == '!' && tag.find('!', 1) != std::string::npos)
            refuse("ParserError", at, "the handle of this tag is undefined");
        node.tag = yamlTagOf(tag);
        node.tagName = tag;
    }

    [[noreturn]] void refuse(const char *kind, std::size_t at, const char *reason) const
    {
        throw Refused{yamlFailure(kind, m_source.placeOf(at), QString::fromUtf8(reason)).value()};
    }

    [[noreturn]] void refuseSize(std::size_t at) const
    {
        throw Refused{tooLarge(m_source.placeOf(at), m_limits).value()};
    }

    static constexpr std::size_t unfinished = 0;

    const YamlSource &m_source;
    const YamlLimits &m_limits;
    YamlTree m_tree;
    std::vector<Open> m_open;
    std::vector<Index> m_anchored;
    std::set<std::string, std::less<>> m_names;
    std::size_t m_lastAt = 0;
    bool m_isLastInFlow = false;
};

Result<YamlTree> parse(const YamlSource &source, const YamlLimits &limits)
{
    if (source.isTooMuchFor(limits.nodes))
        return tooLarge(QStringLiteral("1:1"), limits);
    Composer composer(source, limits);
    try {
        std::istringstream stream(source.parserText());
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(composer)) {}
    } catch (Refused &refused) {
        return failure(std::move(refused.error));
    } catch (const YAML::Exception &exception) {
        return yamlRefusal(exception, source);
    } catch (const std::exception &exception) {
        return failure(ErrorCode::Unavailable, QString::fromUtf8(exception.what()));
    }
    return composer.takeTree();
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
    SG_LET(const YamlSource source, YamlSource::from(text));
    return parse(source, limits);
}

} // namespace stormglass
