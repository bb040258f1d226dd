#include "engine/base/json.h"
#include "engine/base/json_lexer.h"

#include <array>
#include <iterator>
#include <limits>

namespace stormglass {

namespace {

// Events repeat their keys: equal short keys of a thread share one storage, with its hash.
class KeyCache
{
public:
    Value intern(std::string_view key)
    {
        if (key.size() > longestKey)
            return Value(key);
        Value &slot = m_slots[ValueMap::hashOf(key) % m_slots.size()];
        if (!slot.isText() || slot.text() != key)
            slot = Value(key);
        return slot;
    }

private:
    static constexpr std::size_t longestKey = 48;
    std::array<Value, 1024> m_slots;
};

// Recursive descent, bounded in depth; returns early everywhere once something has failed. Items
// wait on a shared stack until their container ends, so that each container is allocated once, in
// size.
class JsonReader
{
public:
    JsonReader(std::string_view text, const JsonLimits &limits, KeyCache &keys)
        : m_lexer(text, limits)
        , m_mostDepth(limits.depth)
        , m_keys(keys)
    {
        m_stack.reserve(64);
    }

    Result<Value> read()
    {
        Value result = value(0);
        m_lexer.skipSpace();
        if (!m_lexer.isAtEnd())
            m_lexer.fail("expected the end of the text");
        if (m_lexer.hasFailed())
            return m_lexer.refusal();
        return result;
    }

private:
    Value value(int depth)
    {
        m_lexer.skipSpace();
        switch (m_lexer.peek()) {
        case '{':
            return map(depth + 1);
        case '[':
            return list(depth + 1);
        case '"':
            return Value(m_lexer.string());
        case 't':
            return m_lexer.word("true", Value(true));
        case 'f':
            return m_lexer.word("false", Value(false));
        case 'n':
            return m_lexer.word("null", Value());
        case 'N':
            return m_lexer.nonFinite("NaN", std::numeric_limits<double>::quiet_NaN());
        case 'I':
            return m_lexer.nonFinite("Infinity", std::numeric_limits<double>::infinity());
        default:
            return m_lexer.number();
        }
    }

    Value list(int depth)
    {
        if (!enter(depth))
            return {};
        const std::size_t first = m_stack.size();
        if (!m_lexer.skipTo(']')) {
            do {
                m_stack.push_back(value(depth));
            } while (!m_lexer.hasFailed() && m_lexer.skipTo(','));
            if (!m_lexer.skipTo(']'))
                m_lexer.fail("expected , or ] after an item");
        }
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(first);
        ValueList items(std::make_move_iterator(begin), std::make_move_iterator(m_stack.end()));
        m_stack.resize(first);
        return Value(std::move(items));
    }

    Value map(int depth)
    {
        if (!enter(depth))
            return {};
        const std::size_t first = m_stack.size();
        if (!m_lexer.skipTo('}')) {
            do {
                entry(depth);
            } while (!m_lexer.hasFailed() && m_lexer.skipTo(','));
            if (!m_lexer.skipTo('}'))
                m_lexer.fail("expected , or } after a value");
        }
        ValueMap entries;
        entries.reserve((m_stack.size() - first) / 2);
        for (std::size_t i = first; i + 1 < m_stack.size(); i += 2)
            entries.set(std::move(m_stack[i]), std::move(m_stack[i + 1]));
        m_stack.resize(first);
        return Value(std::move(entries));
    }

    void entry(int depth)
    {
        m_lexer.skipSpace();
        if (m_lexer.peek() != '"')
            return m_lexer.fail("expected a key in double quotes");
        m_stack.push_back(m_keys.intern(m_lexer.string()));
        if (!m_lexer.skipTo(':'))
            return m_lexer.fail("expected : after a key");
        m_stack.push_back(value(depth));
    }

    bool enter(int depth)
    {
        if (depth > m_mostDepth) {
            m_lexer.fail("nested too deeply");
            return false;
        }
        m_lexer.skip();
        return true;
    }

    JsonLexer m_lexer;
    const int m_mostDepth;
    KeyCache &m_keys;
    std::vector<Value> m_stack;
};

} // namespace

Result<Value> readJson(std::string_view text, const JsonLimits &limits)
{
    static thread_local KeyCache keys;
    if (text.size() > limits.bytes)
        return failure(Error{ErrorCode::Invalid,
                             QStringLiteral("A JSON text of %1 bytes is beyond the limit of %2.")
                                 .arg(text.size())
                                 .arg(limits.bytes),
                             QStringLiteral("JSONDecodeError")});
    return JsonReader(text, limits, keys).read();
}

} // namespace stormglass
