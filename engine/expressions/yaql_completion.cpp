#include "engine/expressions/bound_names.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_context_path.h"
#include "engine/expressions/yaql_inspection.h"
#include "engine/expressions/yaql_library.h"

#include <algorithm>
#include <optional>

namespace stormglass {

namespace {

using Kind = TemplateCompletion::Kind;

// The expression in front of the cursor; none in text.
std::optional<std::string_view> openExpression(std::string_view source, YaqlForm form)
{
    if (form == YaqlForm::Bare)
        return source;
    const std::size_t begin = source.rfind("<%");
    if (begin == std::string_view::npos)
        return std::nullopt;
    const std::string_view inner = source.substr(begin + 2);
    const bool isOver
        = inner.find("%>") != std::string_view::npos || inner.find('\n') != std::string_view::npos;
    return isOver ? std::nullopt : std::optional(inner);
}

bool isWord(std::string_view text)
{
    const char first = text.empty() ? '\0' : text.front();
    return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_'
        || (first & 0x80) != 0;
}

// Whether an operator must follow rather than a value.
bool endsOperand(const YaqlToken &token)
{
    if (token.kind != YaqlTokenKind::Operator)
        return token.kind != YaqlTokenKind::Function;
    return token.text == ")" || token.text == "]" || token.text == "}";
}

class Completer
{
public:
    Completer(std::vector<YaqlToken> tokens, std::string_view word, const Value &sample)
        : m_tokens(std::move(tokens))
        , m_word(word)
        , m_sample(sample)
    {
    }

    std::vector<TemplateCompletion> complete()
    {
        if (!m_tokens.empty() && isYaqlPoint(m_tokens.back())) {
            addMembers();
        } else if (m_tokens.empty() || !endsOperand(m_tokens.back())) {
            if (!m_tokens.empty() && isYaqlContextCall(m_tokens, m_tokens.size() - 1))
                addEntries(Kind::Variable, m_sample);
            addFunctions(Kind::Function, &YaqlFunction::isFunction);
            addBound();
        }
        std::ranges::sort(m_found, {}, &TemplateCompletion::text);
        const auto again = std::ranges::unique(m_found);
        m_found.erase(again.begin(), again.end());
        return std::move(m_found);
    }

private:
    void add(Kind kind, std::string_view text, std::string_view type = {})
    {
        if (isWord(text) && !text.starts_with("__") && text.starts_with(m_word))
            m_found.push_back({kind, std::string(text), std::string(type)});
    }

    // What the expression itself has bound: `$name`, and functions.
    void addBound()
    {
        const YaqlBoundNames bound = namesBoundInYaql(m_tokens);
        for (const std::string_view name : bound.functions)
            add(Kind::Function, name);
        for (const std::string_view name : bound.variables) {
            const std::string text = '$' + std::string(name);
            if (text.starts_with(m_word))
                m_found.push_back({Kind::Variable, text, {}});
        }
    }

    void addEntries(Kind kind, const Value &map)
    {
        for (const ValueMap::Entry &entry : map.entriesOrNone()) {
            if (entry.key.isText())
                add(kind, entry.key.text(), typeNameOf(entry.value));
        }
    }

    // Those with an overload that fits.
    void addFunctions(Kind kind, const auto &fits)
    {
        for (const std::string_view name : yaqlFunctionNames()) {
            const auto &overloads = yaqlFunctionsNamed(name);
            if (std::ranges::any_of(
                    overloads, [&](const YaqlFunction *one) { return std::invoke(fits, *one); }))
                add(kind, name);
        }
    }

    // The tokens end with a point: what is in front of it has these.
    void addMembers()
    {
        const auto path = pathBeforePoint();
        if (!path)
            return addFunctions(Kind::Method, &YaqlFunction::isMethod);
        const Value *owner = &m_sample;
        for (const std::string_view name : path->names)
            owner = owner ? owner->find(name) : nullptr;
        if (!owner)
            return addFunctions(Kind::Method, &YaqlFunction::isMethod);
        addEntries(path->names.empty() ? Kind::Variable : Kind::Member, *owner);
        addFunctions(Kind::Method,
                     [owner](const YaqlFunction &one) { return one.isMethodOf(*owner); });
    }

    // A path of a variable that ends exactly there.
    std::optional<YaqlContextPath> pathBeforePoint() const
    {
        const std::span<const YaqlToken> before(m_tokens.data(), m_tokens.size() - 1);
        for (std::size_t at = before.size(); at-- > 0;) {
            if (!isYaqlContextCall(before, at))
                continue;
            YaqlContextPath path = readYaqlContextPath(before, at);
            return at + path.size == before.size() ? std::optional(std::move(path)) : std::nullopt;
        }
        return std::nullopt;
    }

    const std::vector<YaqlToken> m_tokens;
    const std::string_view m_word;
    const Value &m_sample;
    std::vector<TemplateCompletion> m_found;
};

} // namespace

std::vector<TemplateCompletion> yaqlCompletions(std::string_view source, std::size_t at,
                                                YaqlForm form, const Value &sample)
{
    const auto expression = openExpression(source.substr(0, at), form);
    if (!expression)
        return {};
    YaqlTokens read = readYaqlTokensUntilError(*expression);
    if (read.error)
        return {}; // within a text, or behind what is wrong
    read.tokens.pop_back(); // the end
    std::string_view word;
    if (!read.tokens.empty()) {
        const std::string_view last = read.tokens.back().text;
        const bool touches = last.data() + last.size() == expression->data() + expression->size();
        const bool isVariable = read.tokens.back().kind == YaqlTokenKind::Variable;
        if (touches && (isVariable || isWord(last))) {
            word = last;
            read.tokens.pop_back();
        }
    }
    return Completer(std::move(read.tokens), word, sample).complete();
}

} // namespace stormglass
