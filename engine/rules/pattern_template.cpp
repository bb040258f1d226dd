#include "engine/rules/pattern_template.h"

#include "engine/base/json.h"

namespace stormglass {

namespace {

constexpr std::string_view blanks = " \t\n\r\f\v\x1c\x1d\x1e\x1f";

std::size_t afterBlanks(std::string_view text, std::size_t from)
{
    const std::size_t found = text.find_first_not_of(blanks, from);
    return found == std::string_view::npos ? text.size() : found;
}

struct Place
{
    std::size_t begin = 0;
    std::size_t insideBegin = 0;
    std::size_t insideEnd = 0;
    std::size_t end = 0;
};

// The braces that open at `open`, with the last closing ones on the line where the content begins,
// or those that follow that line after nothing but blanks.
std::optional<Place> bracesAt(std::string_view text, std::size_t open)
{
    const std::size_t inside = afterBlanks(text, open + 2);
    const std::size_t lineEnd = std::min(text.find('\n', inside), text.size());
    const std::size_t next = afterBlanks(text, lineEnd);
    if (text.substr(next, 2) == "}}")
        return Place{open, inside, lineEnd, next + 2};
    const std::size_t close = text.substr(0, lineEnd).rfind("}}");
    if (close == std::string_view::npos || close < inside)
        return std::nullopt;
    return Place{open, inside, close, close + 2};
}

// A key of the datastore is no JSON. StackStorm's documentation has it resolve to the stored text.
bool isDatastoreKey(const Error &error)
{
    return error.kind == QLatin1String("TypeError")
        && error.message.contains(QLatin1String("KeyValueLookup"))
        && error.message.contains(QLatin1String("JSON"));
}

// What Jinja does to text without templates: one line end at the end is dropped, all others become
// \n.
std::string asJinjaText(std::string_view source)
{
    std::string text;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const bool isReturn = source[i] == '\r';
        text += isReturn ? '\n' : source[i];
        if (isReturn && i + 1 < source.size() && source[i + 1] == '\n')
            ++i;
    }
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

bool mayHoldTemplate(std::string_view source)
{
    return source.find("{{") != std::string_view::npos
        || source.find("{%") != std::string_view::npos
        || source.find("{#") != std::string_view::npos;
}

} // namespace

std::optional<std::string> withComplexFilter(std::string_view source)
{
    std::string result;
    std::size_t copied = 0;
    std::size_t at = 0;
    while ((at = source.find("{{", at)) != std::string_view::npos) {
        const std::optional<Place> place = bracesAt(source, at);
        if (!place) {
            ++at;
            continue;
        }
        result += source.substr(copied, place->begin + 2 - copied);
        result += source.substr(place->insideBegin, place->insideEnd - place->insideBegin);
        result += " | to_complex}}";
        copied = at = place->end;
    }
    if (copied == 0)
        return std::nullopt;
    return result + std::string(source.substr(copied));
}

PatternTemplate::PatternTemplate(std::string_view source)
{
    if (!mayHoldTemplate(source)) {
        m_constant = Value(asJinjaText(source));
        return;
    }
    if (const std::optional<std::string> typed = withComplexFilter(source))
        m_typed = Expression::compile(*typed, Language::Jinja);
    m_plain = Expression::compile(source, Language::Jinja);
}

std::optional<Error> PatternTemplate::problem() const
{
    if (m_plain && !*m_plain)
        return m_plain->error();
    return std::nullopt;
}

Result<Value> PatternTemplate::render(const EvaluationContext &context) const
{
    if (m_constant)
        return *m_constant;
    if (m_typed) {
        const Result<Value> text
            = *m_typed ? (*m_typed)->evaluate(context) : failure(m_typed->error());
        const bool isFinal = !text && text.error().kind != QLatin1String("ValueError")
            && !isDatastoreKey(text.error());
        if (isFinal)
            return failure(text.error());
        if (text && text->isText()) {
            if (const Result<Value> typed = readJson(text->text()))
                return text->isSecret() ? typed->markedSecret() : *typed;
        }
    }
    if (!*m_plain)
        return failure(m_plain->error());
    return (*m_plain)->evaluate(context);
}

} // namespace stormglass
