#include "engine/expressions/python_literal_parser.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Kind = PythonToken::Kind;

constexpr std::array<std::string_view, 35> keywords{
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool isHashable(const Value &value)
{
    if (value.isTuple())
        return std::ranges::all_of(value.items(), isHashable);
    return !value.isList() && !value.isMap() && !value.isSet();
}

} // namespace

LiteralParser::Parsed LiteralParser::primary()
{
    skip("await");
    Parsed value = atom();
    while (!m_error) {
        if (skip("."))
            name();
        else if (skip("("))
            value = call(value);
        else if (skip("["))
            slices();
        else
            return value;
        if (!m_isEmptySet)
            value = {};
        m_isEmptySet = false;
    }
    return {};
}

void LiteralParser::name()
{
    const bool isName = current().kind == Kind::Name
        && std::ranges::find(keywords, current().text) == keywords.end();
    if (!isName)
        refuse();
    else
        ++m_next;
}

LiteralParser::Parsed LiteralParser::call(const Parsed &)
{
    const bool isSet = m_tokens[m_next - 2].text == "set"
        && (m_next < 3 || m_tokens[m_next - 3].text != ".") && isAt(")");
    while (!m_error && !isAt(")")) {
        argument();
        if (!skip(","))
            break;
    }
    expect(")");
    m_isEmptySet = isSet;
    return isSet ? Parsed{Value(ValueSet())} : Parsed{};
}

void LiteralParser::argument()
{
    if (skip("*") || skip("**")) {
        expression();
        return;
    }
    const bool isNamed = current().kind == Kind::Name && m_tokens[m_next + 1].text == "=";
    if (isNamed) {
        name();
        expect("=");
    }
    expression();
    comprehension();
}

bool LiteralParser::comprehension()
{
    bool isOne = false;
    while (!m_error && (isAtWord("for") || isAtWord("async"))) {
        isOne = true;
        skip("async");
        expect("for");
        do
            starredTarget();
        while (skip(",") && !isAtWord("in"));
        expect("in");
        disjunction();
        while (skip("if"))
            disjunction();
    }
    return isOne;
}

void LiteralParser::starredTarget()
{
    skip("*");
    primary();
}

void LiteralParser::slices()
{
    if (isAt("]")) {
        refuse();
        return;
    }
    while (!m_error && !isAt("]")) {
        for (int part = 0; part < 3 && !m_error; ++part) {
            if (!isAt(":") && !isAt(",") && !isAt("]"))
                starredItem();
            if (!skip(":"))
                break;
        }
        if (!skip(","))
            break;
    }
    expect("]");
}

LiteralParser::Parsed LiteralParser::atom()
{
    const Depth depth(*this);
    if (m_error)
        return {};
    const PythonToken &token = current();
    switch (token.kind) {
    case Kind::Name:
        return nameAtom();
    case Kind::Number:
        ++m_next;
        // A complex number is one, but none that we can hold.
        return token.value.isNull() ? Parsed{} : Parsed{token.value, true};
    case Kind::Text:
    case Kind::Bytes:
    case Kind::Formatted:
        return texts();
    case Kind::Operator:
        break;
    case Kind::End:
        return refuse();
    }
    if (skip("("))
        return parenthesized();
    if (skip("["))
        return list();
    if (skip("{"))
        return braces();
    if (skip("..."))
        return {};
    return refuse();
}

LiteralParser::Parsed LiteralParser::nameAtom()
{
    if (skip("None"))
        return {Value()};
    if (skip("True"))
        return {Value(true)};
    if (skip("False"))
        return {Value(false)};
    name();
    return {};
}

LiteralParser::Parsed LiteralParser::texts()
{
    const bool isBytes = current().kind == Kind::Bytes;
    bool isPlain = true;
    std::string text;
    while (current().kind == Kind::Text || current().kind == Kind::Bytes
           || current().kind == Kind::Formatted) {
        if ((current().kind == Kind::Bytes) != isBytes)
            return refuse();
        isPlain = isPlain && current().kind != Kind::Formatted;
        if (isPlain)
            text += current().value.text();
        ++m_next;
    }
    if (!isPlain)
        return {};
    return {isBytes ? Value::bytes(text) : Value(text)};
}

LiteralParser::Parsed LiteralParser::parenthesized()
{
    if (skip(")"))
        return {Value::tuple({})};
    if (skip("yield")) {
        skip("from");
        if (!isAt(")"))
            starred();
        expect(")");
        return {};
    }
    Parsed value = starred();
    if (comprehension())
        value = {};
    expect(")");
    return value;
}

LiteralParser::Parsed LiteralParser::list()
{
    std::optional<ValueList> items = ValueList();
    while (!m_error && !isAt("]")) {
        collect(items, starredItem());
        if (comprehension())
            items.reset();
        if (!skip(","))
            break;
    }
    expect("]");
    return items ? Parsed{Value(std::move(*items))} : Parsed{};
}

LiteralParser::Parsed LiteralParser::braces()
{
    if (skip("}"))
        return {Value::map()};
    std::optional<ValueList> members = ValueList();
    std::optional<ValueMap> entries = ValueMap();
    bool isMap = false;
    for (bool isFirst = true; !m_error && !isAt("}"); isFirst = false) {
        entry(isFirst, isMap, members, entries);
        if (!skip(","))
            break;
    }
    expect("}");
    if (isMap)
        return entries ? Parsed{Value(std::move(*entries))} : Parsed{};
    return members ? Parsed{setOf(*members)} : Parsed{};
}

void LiteralParser::entry(bool isFirst, bool &isMap, std::optional<ValueList> &members,
                          std::optional<ValueMap> &entries)
{
    if (skip("**")) {
        isMap = isMap || isFirst;
        bitwiseOr();
        entries.reset();
        return;
    }
    const Parsed key = starredItem();
    if (isFirst && isAt(":"))
        isMap = true;
    if (!isMap) {
        collect(members, key);
        if (comprehension())
            members.reset();
        return;
    }
    expect(":");
    const Parsed value = expression();
    if (comprehension() || !key.literal || !value.literal)
        entries.reset();
    else if (entries && !isHashable(*key.literal))
        refuseKey();
    else if (entries)
        entries->set(*key.literal, *value.literal);
}

Value LiteralParser::setOf(const ValueList &members)
{
    ValueSet set;
    for (const Value &member : members) {
        if (!isHashable(member))
            refuseKey();
        else
            set.add(member);
    }
    return Value(std::move(set));
}

} // namespace stormglass
