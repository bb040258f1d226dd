#include "engine/expressions/python_literal.h"

#include "engine/expressions/python_errors.h"
#include "engine/expressions/python_literal_parser.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Kind = PythonToken::Kind;

} // namespace

Result<Value> LiteralParser::parse()
{
    const Parsed whole = starred();
    if (current().kind != Kind::End)
        refuse();
    if (m_error)
        return failure(*m_error);
    if (!whole.literal)
        return pythonError("ValueError", QStringLiteral("malformed node or string"));
    return *whole.literal;
}

bool LiteralParser::isAt(std::string_view symbol) const
{
    return current().kind == Kind::Operator && current().text == symbol;
}

bool LiteralParser::isAtWord(std::string_view word) const
{
    return current().kind == Kind::Name && current().text == word;
}

bool LiteralParser::skip(std::string_view symbol)
{
    const bool isHere = !m_error && (isAt(symbol) || isAtWord(symbol));
    if (isHere)
        ++m_next;
    return isHere;
}

void LiteralParser::expect(std::string_view symbol)
{
    if (!skip(symbol))
        refuse();
}

LiteralParser::Parsed LiteralParser::refuse()
{
    if (!m_error)
        m_error = Error{ErrorCode::Invalid, QStringLiteral("invalid syntax"),
                        QStringLiteral("SyntaxError")};
    return {};
}

void LiteralParser::refuseKey()
{
    if (!m_error)
        m_error = Error{ErrorCode::Invalid, QStringLiteral("unhashable type"),
                        QStringLiteral("TypeError")};
}

LiteralParser::Parsed LiteralParser::starred()
{
    Parsed first = starredItem();
    if (!isAt(","))
        return first;
    std::optional<ValueList> items = ValueList();
    collect(items, first);
    while (skip(",")) {
        if (!startsExpression())
            break;
        collect(items, starredItem());
    }
    return items ? Parsed{Value::tuple(std::move(*items))} : Parsed{};
}

void LiteralParser::collect(std::optional<ValueList> &items, const Parsed &item)
{
    if (items && item.literal)
        items->push_back(*item.literal);
    else
        items.reset();
}

LiteralParser::Parsed LiteralParser::starredItem()
{
    if (!skip("*"))
        return expression();
    bitwiseOr();
    return {};
}

bool LiteralParser::startsExpression() const
{
    if (current().kind == Kind::End)
        return false;
    if (current().kind != Kind::Operator)
        return true;
    constexpr std::array<std::string_view, 8> starts{"(", "[", "{", "+", "-", "~", "*", "..."};
    return std::ranges::find(starts, current().text) != starts.end();
}

LiteralParser::Parsed LiteralParser::expression()
{
    const Depth depth(*this);
    if (m_error)
        return {};
    if (skip("lambda")) {
        lambdaParameters();
        expect(":");
        expression();
        return {};
    }
    Parsed value = disjunction();
    if (skip(":=")) {
        expression();
        return {};
    }
    if (!skip("if"))
        return value;
    disjunction();
    expect("else");
    expression();
    return {};
}

void LiteralParser::lambdaParameters()
{
    while (!m_error && !isAt(":") && current().kind != Kind::End) {
        if (!skip("*"))
            skip("**");
        if (current().kind == Kind::Name)
            name();
        if (skip("="))
            expression();
        if (!skip(","))
            break;
    }
}

LiteralParser::Parsed LiteralParser::disjunction()
{
    Parsed value = inversion();
    while (skip("or") || skip("and")) {
        inversion();
        value = {};
    }
    return value;
}

LiteralParser::Parsed LiteralParser::inversion()
{
    const Depth depth(*this);
    if (m_error || !skip("not"))
        return comparison();
    inversion();
    return {};
}

bool LiteralParser::skipComparison()
{
    for (const std::string_view symbol : {"==", "!=", "<=", ">=", "<", ">", "in"}) {
        if (skip(symbol))
            return true;
    }
    if (skip("is")) {
        skip("not");
        return true;
    }
    if (!isAtWord("not"))
        return false;
    ++m_next;
    expect("in");
    return true;
}

LiteralParser::Parsed LiteralParser::comparison()
{
    Parsed value = bitwiseOr();
    while (!m_error && skipComparison()) {
        bitwiseOr();
        value = {};
    }
    return value;
}

LiteralParser::Parsed LiteralParser::bitwiseOr()
{
    Parsed value = factor();
    const auto skipOperator = [this] {
        for (const std::string_view symbol :
             {"|", "^", "&", "<<", ">>", "+", "-", "*", "/", "//", "%", "@"}) {
            if (skip(symbol))
                return true;
        }
        return false;
    };
    while (!m_error && skipOperator()) {
        factor();
        value = {};
    }
    return value;
}

LiteralParser::Parsed LiteralParser::factor()
{
    const Depth depth(*this);
    if (m_error)
        return {};
    if (skip("~")) {
        factor();
        return {};
    }
    if (!isAt("+") && !isAt("-"))
        return power();
    const bool isNegative = isAt("-");
    ++m_next;
    const Parsed operand = factor();
    if (!operand.isNumber || !operand.literal)
        return {};
    return {isNegative ? negated(*operand.literal) : *operand.literal};
}

Value LiteralParser::negated(const Value &number)
{
    if (number.isDouble())
        return -number.toDouble();
    return Value(-(number.isInt() ? BigInt(number.toInt()) : number.toBigInt()));
}

LiteralParser::Parsed LiteralParser::power()
{
    Parsed value = primary();
    if (!skip("**"))
        return value;
    factor();
    return {};
}

Result<Value> readPythonLiteral(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    SG_LET(std::vector<PythonToken> tokens, readPythonTokens(text));
    return LiteralParser(std::move(tokens)).parse();
}

} // namespace stormglass
