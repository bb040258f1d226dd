#include "engine/expressions/markup.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/functions.h"
#include "engine/expressions/html_text.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

// Methods of str whose result is Markup again; their text arguments are escaped first.
constexpr std::array<std::string_view, 25> keptMethods{
    "upper",  "lower",     "title",        "capitalize",  "swapcase",   "casefold",  "strip",
    "lstrip", "rstrip",    "split",        "rsplit",      "splitlines", "replace",   "join",
    "center", "ljust",     "rjust",        "zfill",       "expandtabs", "partition", "rpartition",
    "format", "translate", "removeprefix", "removesuffix"};

Value asMarkup(const Value &value)
{
    if (value.isText())
        return Markup::make(std::string(value.text()));
    if (!value.isSequence())
        return value;
    ValueList items;
    for (const Value &item : value.items())
        items.push_back(asMarkup(item));
    return value.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
}

Value escapedTexts(Evaluation &evaluation, const Value &value)
{
    if (value.isText())
        return Value(escapedHtml(value.text()));
    if (!value.isSequence())
        return value;
    ValueList items;
    for (const Value &item : value.items())
        items.push_back(escapedTexts(evaluation, item));
    return value.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
}

Value striptags(Evaluation &, const BoundArguments &arguments)
{
    return strippedHtml(*textIn(arguments[0]));
}

Value unescape(Evaluation &, const BoundArguments &arguments)
{
    return unescapedHtml(*textIn(arguments[0]));
}

constexpr std::array ownMethods{
    FunctionEntry{"striptags", "striptags(self)", striptags},
    FunctionEntry{"unescape", "unescape(self)", unescape},
};

class MarkupMethod final : public Object
{
public:
    MarkupMethod(Value self, const Function &method)
        : m_self(std::move(self))
        , m_method(method)
    {
    }
    std::string_view typeName() const override { return "method"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override
    {
        // What is stripped or searched for is meant as it is; only what goes into the text is
        // escaped.
        constexpr std::array<std::string_view, 4> inserting{"replace", "join", "format", "center"};
        const bool inserts = std::ranges::find(inserting, m_method.name()) != inserting.end();
        ArgumentList all;
        all.add(Value(*textIn(m_self)));
        for (const Value &argument : arguments.positional)
            all.add(inserts ? escapedTexts(evaluation, argument) : argument);
        std::vector<NamedArgument> named(arguments.named.begin(), arguments.named.end());
        for (NamedArgument &argument : named)
            argument.value = inserts ? escapedTexts(evaluation, argument.value) : argument.value;
        return asMarkup(m_method.call(evaluation, {all.values(), named}));
    }

private:
    const Value m_self;
    const Function &m_method;
};

} // namespace

std::string escapedHtml(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&#34;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string escapedMarkup(Evaluation &evaluation, const Value &value)
{
    if (const auto *markup = objectAs<Markup>(value))
        return markup->str(evaluation);
    return escapedHtml(strOf(evaluation, value));
}

std::string Markup::repr(Evaluation &evaluation) const
{
    return "Markup(" + reprOf(evaluation, Value(m_text)) + ")";
}

std::optional<Value> Markup::attribute(Evaluation &, std::string_view name) const
{
    static const FunctionTable own({ownMethods});
    if (const Function *method = own.find(name))
        return Value(std::make_shared<const BoundMethod>(make(m_text), *method));
    if (std::ranges::find(keptMethods, name) == keptMethods.end())
        return std::nullopt;
    const Function *method = methodNamed(Value(""), name);
    return Value(std::make_shared<const MarkupMethod>(make(m_text), *method));
}

std::optional<Value> Markup::arithmetic(Evaluation &evaluation, Arithmetic operation,
                                        const Value &other, Side side) const
{
    if (operation == Arithmetic::Multiply && (other.isInteger() || other.isBool()))
        return asMarkup(stormglass::arithmetic(evaluation, operation, Value(m_text), other));
    if (operation == Arithmetic::Modulo && side == Side::Left)
        return asMarkup(stormglass::arithmetic(evaluation, operation, Value(m_text),
                                               escapedTexts(evaluation, other)));
    if (operation != Arithmetic::Add || !textIn(other))
        return std::nullopt;
    const std::string escaped = escapedMarkup(evaluation, other);
    const std::string joined = side == Side::Left ? m_text + escaped : escaped + m_text;
    return evaluation.affordsText(joined.size()) ? make(joined) : Value();
}

} // namespace stormglass
