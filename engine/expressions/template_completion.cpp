#include "engine/expressions/template_inspection.h"

#include "engine/expressions/bound_names.h"
#include "engine/expressions/jinja_environment.h"
#include "engine/expressions/jinja_lexer.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Kind = TemplateCompletion::Kind;

constexpr std::array<std::string_view, 22> tags{
    "autoescape", "block",  "call",  "elif",     "else",   "endautoescape", "endblock", "endcall",
    "endfilter",  "endfor", "endif", "endmacro", "endraw", "endset",        "endwith",  "filter",
    "for",        "if",     "macro", "raw",      "set",    "with"};

// Where the cursor stands: the tokens in front of it, and the word that it is in the middle of.
struct Cursor
{
    std::vector<JinjaToken> tokens;
    std::string_view word;
    bool isInTag = false;
};

bool isTagBegin(const JinjaToken &token)
{
    return token.kind == JinjaTokenKind::VariableBegin || token.kind == JinjaTokenKind::BlockBegin;
}

bool isTagEnd(const JinjaToken &token)
{
    return token.kind == JinjaTokenKind::VariableEnd || token.kind == JinjaTokenKind::BlockEnd;
}

Cursor cursorAt(std::string_view source)
{
    Cursor cursor;
    cursor.tokens = readJinjaTokensUntilError(source, Comments::Keep).tokens;
    cursor.tokens.pop_back(); // the end
    for (const JinjaToken &token : cursor.tokens)
        cursor.isInTag = isTagBegin(token) || (cursor.isInTag && !isTagEnd(token));
    if (cursor.tokens.empty())
        return cursor;
    const JinjaToken &last = cursor.tokens.back();
    const bool touches = last.text.data() + last.text.size() == source.data() + source.size();
    if (last.kind == JinjaTokenKind::Name && touches) {
        cursor.word = last.text;
        cursor.tokens.pop_back();
    }
    return cursor;
}

class Completer
{
public:
    Completer(const Cursor &cursor, const Value &sample)
        : m_cursor(cursor)
        , m_sample(sample)
    {
    }

    std::vector<TemplateCompletion> complete()
    {
        const JinjaToken &before = m_cursor.tokens.back();
        const bool isOperator = before.kind == JinjaTokenKind::Operator;
        if (before.kind == JinjaTokenKind::BlockBegin)
            addAll(Kind::Tag, tags);
        else if (isOperator && before.text == "|")
            addAll(Kind::Filter, stackStormEnvironment().filters.names());
        else if (isOperator && before.text == ".")
            addMembers();
        else if (before.kind == JinjaTokenKind::Name && before.text == "is")
            addAll(Kind::Test, stackStormEnvironment().tests.names());
        else
            addNames();
        std::ranges::sort(m_found, {}, &TemplateCompletion::text);
        const auto again = std::ranges::unique(m_found);
        m_found.erase(again.begin(), again.end());
        return std::move(m_found);
    }

private:
    void add(Kind kind, std::string_view text, std::string type = {})
    {
        const bool isWord = text.front() == '_' || (text.front() | 0x20) >= 'a';
        if (isWord && text.starts_with(m_cursor.word))
            m_found.push_back({kind, std::string(text), std::move(type)});
    }

    void addAll(Kind kind, const auto &names)
    {
        for (const std::string_view name : names)
            add(kind, name);
    }

    void addEntries(Kind kind, const Value &map)
    {
        for (const ValueMap::Entry &entry : map.entriesOrNone()) {
            if (entry.key.isText() && !entry.key.text().empty())
                add(kind, entry.key.text(), typeNameOf(entry.value));
        }
    }

    void addNames()
    {
        addEntries(Kind::Variable, m_sample);
        for (const std::string_view name : namesBoundInJinja(m_cursor.tokens)) {
            if (!m_sample.entriesOrNone().find(name))
                add(Kind::Variable, name);
        }
        for (const ValueMap::Entry &entry : stackStormEnvironment().globals.entries())
            add(Kind::Function, entry.key.text());
    }

    // The tokens end with `a.b.`: what a.b has.
    void addMembers()
    {
        std::vector<std::string_view> path;
        std::size_t at = m_cursor.tokens.size();
        while (at >= 2 && m_cursor.tokens[at - 1].text == "."
               && m_cursor.tokens[at - 2].kind == JinjaTokenKind::Name) {
            path.insert(path.begin(), m_cursor.tokens[at - 2].text);
            at -= 2;
        }
        const Value *owner = path.empty() ? nullptr : &m_sample;
        for (const std::string_view name : path)
            owner = owner ? owner->find(name) : nullptr;
        if (!owner)
            return;
        addEntries(Kind::Member, *owner);
        addAll(Kind::Method, methodNames(*owner));
    }

    const Cursor &m_cursor;
    const Value &m_sample;
    std::vector<TemplateCompletion> m_found;
};

} // namespace

std::vector<TemplateCompletion> templateCompletions(std::string_view source, std::size_t at,
                                                    const Value &sample)
{
    const Cursor cursor = cursorAt(source.substr(0, at));
    if (!cursor.isInTag || cursor.tokens.empty())
        return {};
    return Completer(cursor, sample).complete();
}

} // namespace stormglass
