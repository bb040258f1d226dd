#include "engine/expressions/python_literal.h"

#include "engine/expressions/python_errors.h"
#include "engine/expressions/python_token.h"

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

// What an expression turned out to be: a literal with its value, or an expression that is none.
struct Parsed
{
    std::optional<Value> literal = {};
    // A bare number, which a sign may stand before.
    bool isNumber = false;
};

// Reads the whole grammar of expressions, so that what is wrong is told from what is merely no
// literal. The first error stays.
class LiteralParser
{
public:
    explicit LiteralParser(std::vector<PythonToken> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Result<Value> parse()
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

private:
    const PythonToken &current() const { return m_tokens[m_next]; }

    bool isAt(std::string_view symbol) const
    {
        return current().kind == Kind::Operator && current().text == symbol;
    }

    bool isAtWord(std::string_view word) const
    {
        return current().kind == Kind::Name && current().text == word;
    }

    bool skip(std::string_view symbol)
    {
        const bool isHere = !m_error && (isAt(symbol) || isAtWord(symbol));
        if (isHere)
            ++m_next;
        return isHere;
    }

    void expect(std::string_view symbol)
    {
        if (!skip(symbol))
            refuse();
    }

    Parsed refuse()
    {
        if (!m_error)
            m_error = Error{ErrorCode::Invalid, QStringLiteral("invalid syntax"),
                            QStringLiteral("SyntaxError")};
        return {};
    }

    void refuseKey()
    {
        if (!m_error)
            m_error = Error{ErrorCode::Invalid, QStringLiteral("unhashable type"),
                            QStringLiteral("TypeError")};
    }

    struct Depth
    {
        explicit Depth(LiteralParser &owner)
            : parser(owner)
        {
            constexpr int deepest = 300;
            if (++parser.m_depth > deepest)
                parser.refuse();
        }
        ~Depth() { --parser.m_depth; }
        Depth(const Depth &) = delete;
        Depth &operator=(const Depth &) = delete;
        LiteralParser &parser;
    };

    // a, b, *c: a tuple where a comma stands.
    Parsed starred()
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

    static void collect(std::optional<ValueList> &items, const Parsed &item)
    {
        if (items && item.literal)
            items->push_back(*item.literal);
        else
            items.reset();
    }

    Parsed starredItem()
    {
        if (!skip("*"))
            return expression();
        bitwiseOr();
        return {};
    }

    bool startsExpression() const
    {
        if (current().kind == Kind::End)
            return false;
        if (current().kind != Kind::Operator)
            return true;
        constexpr std::array<std::string_view, 8> starts{"(", "[", "{", "+", "-", "~", "*", "..."};
        return std::ranges::find(starts, current().text) != starts.end();
    }

    Parsed expression()
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

    void lambdaParameters()
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

    // Chains of operators, from `or` down to `|`; only a lone operand stays a literal.
    Parsed disjunction()
    {
        Parsed value = inversion();
        while (skip("or") || skip("and")) {
            inversion();
            value = {};
        }
        return value;
    }

    Parsed inversion()
    {
        const Depth depth(*this);
        if (m_error || !skip("not"))
            return comparison();
        inversion();
        return {};
    }

    bool skipComparison()
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

    Parsed comparison()
    {
        Parsed value = bitwiseOr();
        while (!m_error && skipComparison()) {
            bitwiseOr();
            value = {};
        }
        return value;
    }

    Parsed bitwiseOr()
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

    Parsed factor()
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

    static Value negated(const Value &number)
    {
        if (number.isDouble())
            return -number.toDouble();
        return Value(-(number.isInt() ? BigInt(number.toInt()) : number.toBigInt()));
    }

    Parsed power()
    {
        Parsed value = primary();
        if (!skip("**"))
            return value;
        factor();
        return {};
    }

    Parsed primary()
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

    void name()
    {
        const bool isName = current().kind == Kind::Name
            && std::ranges::find(keywords, current().text) == keywords.end();
        if (!isName)
            refuse();
        else
            ++m_next;
    }

    // set() is a literal, every other call is none.
    Parsed call(const Parsed &)
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

    void argument()
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

    bool comprehension()
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

    void starredTarget()
    {
        skip("*");
        primary();
    }

    void slices()
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

    Parsed atom()
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

    Parsed nameAtom()
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

    Parsed texts()
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

    Parsed parenthesized()
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

    Parsed list()
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

    Parsed braces()
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

    void entry(bool isFirst, bool &isMap, std::optional<ValueList> &members,
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

    Value setOf(const ValueList &members)
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

    const std::vector<PythonToken> m_tokens;
    std::size_t m_next = 0;
    int m_depth = 0;
    bool m_isEmptySet = false;
    std::optional<Error> m_error;
};

} // namespace

Result<Value> readPythonLiteral(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    SG_LET(std::vector<PythonToken> tokens, readPythonTokens(text));
    return LiteralParser(std::move(tokens)).parse();
}

} // namespace stormglass
