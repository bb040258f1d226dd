#include "engine/expressions/bound_names.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace stormglass {

namespace {

using Names = std::vector<std::string_view>;

bool isSymbol(const JinjaToken &token, std::string_view symbol)
{
    return token.kind == JinjaTokenKind::Operator && token.text == symbol;
}

// Walks the block tags that are complete and keeps the scopes that are open.
class JinjaBinder
{
public:
    void take(std::span<const JinjaToken> tokens)
    {
        for (std::size_t at = 0; at < tokens.size(); ++at) {
            if (tokens[at].kind != JinjaTokenKind::BlockBegin)
                continue;
            std::size_t end = at + 1;
            while (end < tokens.size() && tokens[end].kind != JinjaTokenKind::BlockEnd)
                ++end;
            if (end < tokens.size() && end > at + 1)
                takeTag(tokens[at + 1].text, tokens.subspan(at + 2, end - at - 2));
            at = end;
        }
    }

    Names names() const
    {
        Names all;
        for (const Names &scope : m_scopes)
            all.insert(all.end(), scope.begin(), scope.end());
        return all;
    }

private:
    void takeTag(std::string_view tag, std::span<const JinjaToken> inside)
    {
        constexpr std::array<std::string_view, 7> ends{
            "endfor", "endmacro", "endwith", "endcall", "endblock", "endfilter", "endautoescape"};
        if (std::ranges::find(ends, tag) != ends.end()) {
            if (m_scopes.size() > 1)
                m_scopes.pop_back();
        } else if (tag == "set") {
            add(targets(inside, "="));
        } else if (tag == "for") {
            open(targets(inside, "in"));
            add({"loop"});
        } else if (tag == "macro") {
            add(firstName(inside));
            open(parameters(inside));
            add({"varargs", "kwargs", "caller"});
        } else if (tag == "call") {
            open(!inside.empty() && isSymbol(inside.front(), "(") ? parameters(inside) : Names());
        } else if (tag == "with") {
            open(parameters(inside));
        } else if (tag == "block" || tag == "filter" || tag == "autoescape") {
            open({});
        }
    }

    void add(const Names &names)
    {
        m_scopes.back().insert(m_scopes.back().end(), names.begin(), names.end());
    }
    void open(Names names) { m_scopes.push_back(std::move(names)); }

    static Names firstName(std::span<const JinjaToken> inside)
    {
        return inside.empty() ? Names() : Names{inside.front().text};
    }

    // `a, (b, c)` up to a word or symbol; a member of a namespace is no name.
    static Names targets(std::span<const JinjaToken> inside, std::string_view end)
    {
        Names names;
        for (std::size_t at = 0; at < inside.size() && inside[at].text != end; ++at) {
            if (isSymbol(inside[at], "|"))
                break;
            const bool isMember = at > 0 && isSymbol(inside[at - 1], ".");
            const bool isOwner = at + 1 < inside.size() && isSymbol(inside[at + 1], ".");
            if (inside[at].kind == JinjaTokenKind::Name && !isMember && !isOwner)
                names.push_back(inside[at].text);
        }
        return names;
    }

    // `(a, b=1)` of a macro or caller, or `a = 1, b = 2`: names at the beginning and behind commas,
    // outside of inner brackets.
    static Names parameters(std::span<const JinjaToken> inside)
    {
        const auto opening = std::ranges::find_if(
            inside, [](const JinjaToken &token) { return isSymbol(token, "("); });
        const bool isWith = inside.size() > 1 && isSymbol(inside[1], "=");
        const auto begin = isWith || opening == inside.end() ? 0 : opening - inside.begin() + 1;
        Names names;
        int depth = 0;
        bool isFirst = true;
        for (const JinjaToken &token : inside.subspan(static_cast<std::size_t>(begin))) {
            const bool closes
                = isSymbol(token, ")") || isSymbol(token, "]") || isSymbol(token, "}");
            const bool opens = isSymbol(token, "(") || isSymbol(token, "[") || isSymbol(token, "{");
            depth += opens ? 1 : closes ? -1 : 0;
            if (depth < 0)
                break;
            if (isFirst && depth == 0 && token.kind == JinjaTokenKind::Name)
                names.push_back(token.text);
            isFirst = depth == 0 && isSymbol(token, ",");
        }
        return names;
    }

    std::vector<Names> m_scopes{1};
};

bool isSymbol(const YaqlToken &token, std::string_view symbol)
{
    return token.kind == YaqlTokenKind::Operator && token.text == symbol;
}

std::string_view wordIn(const YaqlToken &token)
{
    if (token.kind == YaqlTokenKind::Keyword)
        return token.text;
    return token.kind == YaqlTokenKind::Constant && token.value.isText() ? token.value.text()
                                                                         : std::string_view();
}

// From behind the name of a call: where its `)` is; the end if it has none.
std::size_t endOfCall(std::span<const YaqlToken> tokens, std::size_t at)
{
    for (int depth = 1; at < tokens.size(); ++at) {
        const YaqlToken &token = tokens[at];
        const bool opens = token.kind == YaqlTokenKind::Function || isSymbol(token, "(")
            || isSymbol(token, "[") || isSymbol(token, "{");
        const bool closes = isSymbol(token, ")") || isSymbol(token, "]") || isSymbol(token, "}");
        depth += opens ? 1 : closes ? -1 : 0;
        if (depth == 0)
            break;
    }
    return at;
}

} // namespace

std::vector<std::string_view> namesBoundInJinja(std::span<const JinjaToken> tokens)
{
    JinjaBinder binder;
    binder.take(tokens);
    return binder.names();
}

// What `let(a => 1)`, `unpack(a, b)` and `def(f, …)` bind is there behind their `->`.
YaqlBoundNames namesBoundInYaql(std::span<const YaqlToken> tokens)
{
    YaqlBoundNames names;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (tokens[at].kind != YaqlTokenKind::Function)
            continue;
        const std::size_t end = endOfCall(tokens, at + 1);
        if (end + 1 >= tokens.size() || !isSymbol(tokens[end + 1], "->"))
            continue;
        const auto inside = tokens.subspan(at + 1, end - at - 1);
        if (tokens[at].text == "def" && !inside.empty()) {
            names.functions.push_back(wordIn(inside.front()));
            continue;
        }
        const bool isLet = tokens[at].text == "let" || tokens[at].text == "with";
        const bool isUnpack = tokens[at].text == "unpack";
        for (std::size_t i = 0; i < inside.size(); ++i) {
            const bool isNamed = i + 1 < inside.size() && isSymbol(inside[i + 1], "=>");
            if (!wordIn(inside[i]).empty() && ((isLet && isNamed) || isUnpack))
                names.variables.push_back(wordIn(inside[i]));
        }
    }
    return names;
}

} // namespace stormglass
