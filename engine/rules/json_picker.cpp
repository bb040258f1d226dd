#include "engine/rules/json_picker.h"

#include "engine/base/json.h"

#include <cstring>

namespace stormglass {

namespace {

tl::unexpected<Error> notJson()
{
    return failure(Error{ErrorCode::Invalid, QStringLiteral("The payload is not a JSON object."),
                         QStringLiteral("JSONDecodeError")});
}

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

} // namespace

JsonPicker::JsonPicker(const std::vector<std::vector<std::string>> &paths)
    : m_paths(paths.size())
{
    m_nodes.emplace_back();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        std::size_t at = 0;
        for (const std::string &name : paths[i]) {
            const auto [child, isNew] = m_nodes[at].children.try_emplace(name, m_nodes.size());
            at = child->second;
            if (isNew)
                m_nodes.emplace_back();
        }
        m_nodes[at].paths.push_back(i);
    }
}

// One walk over one text. Objects on a wanted path are entered, as deep as the paths are; anything
// else is passed over without recursion.
class JsonPicker::Scan
{
public:
    Scan(const std::deque<Node> &nodes, std::string_view json, std::size_t paths)
        : m_nodes(nodes)
        , m_at(json.data())
        , m_end(json.data() + json.size())
        , m_texts(paths)
    {
    }

    Result<Picked> run()
    {
        skipBlanks();
        const char *begin = m_at;
        if (!sees('{') || !object(m_nodes.front()))
            return notJson();
        for (const std::size_t path : m_nodes.front().paths)
            m_texts[path] = {begin, static_cast<std::size_t>(m_at - begin)};
        skipBlanks();
        if (m_at != m_end)
            return notJson();
        Picked picked{.values = std::vector<Value>(m_texts.size()), .isEmpty = m_isEmpty};
        for (std::size_t i = 0; i < m_texts.size(); ++i) {
            if (m_texts[i].empty())
                continue;
            SG_LET(picked.values[i], readJson(m_texts[i]));
        }
        return picked;
    }

private:
    bool sees(char c) const { return m_at != m_end && *m_at == c; }
    bool takes(char c)
    {
        skipBlanks();
        if (!sees(c))
            return false;
        ++m_at;
        return true;
    }
    void skipBlanks()
    {
        while (m_at != m_end && isBlank(*m_at))
            ++m_at;
    }

    // At an opening brace.
    bool object(const Node &node)
    {
        ++m_at;
        if (takes('}'))
            return true;
        m_isEmpty = false;
        do {
            skipBlanks();
            const char *keyBegin = m_at;
            if (!sees('"') || !skipText())
                return false;
            const std::string_view key(keyBegin + 1, static_cast<std::size_t>(m_at - keyBegin) - 2);
            if (!takes(':') || !member(node, key))
                return false;
        } while (takes(','));
        return takes('}');
    }

    // The value of a key, which may be written with escapes.
    bool member(const Node &node, std::string_view key)
    {
        skipBlanks();
        const char *begin = m_at;
        auto child = node.children.find(key);
        if (key.find('\\') != std::string_view::npos) {
            const Result<Value> read = readJson({key.data() - 1, key.size() + 2});
            if (!read)
                return false;
            child = node.children.find(read->text());
        }
        if (child == node.children.end())
            return skipValue();
        const Node &wanted = m_nodes[child->second];
        // Of a key that is there twice the last counts.
        forget(wanted);
        if (!wanted.children.empty() && sees('{') ? !object(wanted) : !skipValue())
            return false;
        for (const std::size_t path : wanted.paths)
            m_texts[path] = {begin, static_cast<std::size_t>(m_at - begin)};
        return true;
    }

    void forget(const Node &node)
    {
        for (const std::size_t path : node.paths)
            m_texts[path] = {};
        for (const auto &[name, child] : node.children)
            forget(m_nodes[child]);
    }

    // At an opening quote; ends after the closing one.
    bool skipText()
    {
        ++m_at;
        while (m_at != m_end) {
            if (*m_at == '"') {
                ++m_at;
                return true;
            }
            if (*m_at == '\\' && ++m_at == m_end)
                return false;
            ++m_at;
        }
        return false;
    }

    bool skipValue()
    {
        int depth = 0;
        const char *begin = m_at;
        while (m_at != m_end) {
            const char c = *m_at;
            if (c == '"') {
                if (!skipText())
                    return false;
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (depth > 0 && (c == '}' || c == ']')) {
                --depth;
                ++m_at;
            } else if (depth == 0 && (c == ',' || c == '}' || c == ']' || isBlank(c))) {
                break;
            } else {
                ++m_at;
                continue;
            }
            if (depth == 0)
                break;
        }
        return depth == 0 && m_at != begin;
    }

    const std::deque<Node> &m_nodes;
    const char *m_at;
    const char *const m_end;
    std::vector<std::string_view> m_texts;
    bool m_isEmpty = true;
};

Result<JsonPicker::Picked> JsonPicker::pick(std::string_view json) const
{
    return Scan(m_nodes, json, m_paths).run();
}

} // namespace stormglass
