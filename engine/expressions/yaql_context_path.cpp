#include "engine/expressions/yaql_context_path.h"

namespace stormglass {

namespace {

bool isOperator(std::span<const YaqlToken> tokens, std::size_t at, std::string_view symbol)
{
    return at < tokens.size() && tokens[at].kind == YaqlTokenKind::Operator
        && tokens[at].text == symbol;
}

// Empty for what is neither a bare word nor a text.
std::string_view nameAt(std::span<const YaqlToken> tokens, std::size_t at)
{
    if (at >= tokens.size())
        return {};
    const YaqlToken &token = tokens[at];
    if (token.kind == YaqlTokenKind::Keyword)
        return token.text;
    return token.kind == YaqlTokenKind::Constant && token.value.isText() ? token.value.text()
                                                                         : std::string_view();
}

} // namespace

bool isYaqlPoint(const YaqlToken &token)
{
    return token.kind == YaqlTokenKind::Operator && (token.text == "." || token.text == "?.");
}

bool isYaqlContextCall(std::span<const YaqlToken> tokens, std::size_t at)
{
    return tokens[at].kind == YaqlTokenKind::Function && tokens[at].text == "ctx"
        && (at == 0 || !isYaqlPoint(tokens[at - 1]));
}

YaqlContextPath readYaqlContextPath(std::span<const YaqlToken> tokens, std::size_t at)
{
    YaqlContextPath path;
    std::size_t next = at + 1;
    if (const std::string_view name = nameAt(tokens, next); !name.empty()) {
        path.names.push_back(name);
        ++next;
    }
    if (!isOperator(tokens, next, ")"))
        return {{}, 1};
    ++next;
    while (next + 1 < tokens.size() && isYaqlPoint(tokens[next])
           && tokens[next + 1].kind == YaqlTokenKind::Keyword) {
        path.names.push_back(tokens[next + 1].text);
        next += 2;
    }
    path.size = next - at;
    return path;
}

} // namespace stormglass
