#include "engine/expressions/yaql_parser.h"

#include "engine/expressions/yaql_lexer.h"

#include <array>

namespace stormglass {

namespace {

// Higher binds tighter.
struct BinaryOperator
{
    std::string_view symbol;
    int precedence;
};

constexpr int access = 11;
constexpr int index = 10;
constexpr int sign = 9;
constexpr int negation = 4;
constexpr int send = 1;
constexpr int lowest = 1;

constexpr std::array binaryOperators{
    BinaryOperator{".", access}, BinaryOperator{"?.", access}, BinaryOperator{"=~", 8},
    BinaryOperator{"!~", 8},     BinaryOperator{"*", 7},       BinaryOperator{"/", 7},
    BinaryOperator{"mod", 7},    BinaryOperator{"+", 6},       BinaryOperator{"-", 6},
    BinaryOperator{">", 5},      BinaryOperator{"<", 5},       BinaryOperator{">=", 5},
    BinaryOperator{"<=", 5},     BinaryOperator{"!=", 5},      BinaryOperator{"=", 5},
    BinaryOperator{"in", 5},     BinaryOperator{"and", 3},     BinaryOperator{"or", 2},
    BinaryOperator{"->", send},
};

class Parser
{
public:
    Parser(std::string_view source, std::vector<YaqlToken> tokens)
        : m_source(source)
        , m_tokens(std::move(tokens))
    {
    }

    Result<YaqlNodePtr> parse()
    {
        SG_LET(YaqlNodePtr node, expression(lowest));
        if (token().kind != YaqlTokenKind::End)
            return unexpected();
        return node;
    }

private:
    const YaqlToken &token() const { return m_tokens[m_next]; }
    bool isAt(std::string_view symbol) const
    {
        return token().kind == YaqlTokenKind::Operator && token().text == symbol;
    }
    const YaqlToken &take() { return m_tokens[m_next++]; }

    tl::unexpected<Error> unexpected() const
    {
        if (token().kind == YaqlTokenKind::End)
            return yaqlRefusal("YaqlGrammarException",
                               QStringLiteral("Parse error: unexpected end of statement"),
                               token().position);
        return yaqlRefusal(
            "YaqlGrammarException",
            QStringLiteral("Parse error: unexpected '%1' at position %2 of expression '%3'")
                .arg(Value(token().text).toQString())
                .arg(token().offset)
                .arg(Value(m_source).toQString()),
            token().position);
    }

    Result<> expect(std::string_view symbol)
    {
        if (!isAt(symbol))
            return unexpected();
        ++m_next;
        return {};
    }

    // Parsing and evaluating recurse as deep as the expression is nested.
    Result<> deeper()
    {
        if (++m_depth <= deepest)
            return {};
        return yaqlRefusal("YaqlGrammarException",
                           QStringLiteral("the expression is nested too deeply"), token().position);
    }

    const BinaryOperator *binaryHere() const
    {
        if (token().kind != YaqlTokenKind::Operator)
            return nullptr;
        for (const BinaryOperator &candidate : binaryOperators) {
            if (candidate.symbol == token().text)
                return &candidate;
        }
        return nullptr;
    }

    Result<YaqlNodePtr> expression(int weakest)
    {
        const int depth = m_depth;
        SG_TRY(deeper());
        SG_LET(YaqlNodePtr left, operand());
        while (true) {
            if (isAt("[") && index >= weakest) {
                SG_TRY(deeper());
                SG_LET(left, indexed(std::move(left)));
                continue;
            }
            const BinaryOperator *const binary = binaryHere();
            if (!binary || binary->precedence < weakest)
                break;
            SG_TRY(deeper());
            const YaqlToken symbol = take();
            const bool isRightBound = binary->precedence == send;
            SG_LET(YaqlNodePtr right,
                   expression(isRightBound ? binary->precedence : binary->precedence + 1));
            left = joined(symbol, std::move(left), std::move(right));
        }
        m_depth = depth;
        return left;
    }

    static YaqlNodePtr joined(const YaqlToken &symbol, YaqlNodePtr left, YaqlNodePtr right)
    {
        const std::string_view text = symbol.text;
        const Position at = symbol.position;
        if (text == "." || text == "?.")
            return std::make_unique<const YaqlAccess>(
                at, text == "." ? YaqlAccess::Kind::Plain : YaqlAccess::Kind::UnlessNull,
                std::move(left), std::move(right));
        if (text == "and" || text == "or")
            return std::make_unique<const YaqlLogic>(
                at, text == "and" ? YaqlLogic::Kind::And : YaqlLogic::Kind::Or, std::move(left),
                std::move(right));
        if (text == "->")
            return std::make_unique<const YaqlSend>(at, std::move(left), std::move(right));
        return std::make_unique<const YaqlBinary>(at, text, std::move(left), std::move(right));
    }

    Result<YaqlNodePtr> operand()
    {
        const YaqlToken &first = token();
        switch (first.kind) {
        case YaqlTokenKind::Constant:
            ++m_next;
            return constant(first, first.value, YaqlConstant::Kind::Literal);
        case YaqlTokenKind::Keyword:
            ++m_next;
            return constant(first, first.text, YaqlConstant::Kind::Keyword);
        case YaqlTokenKind::Variable:
            ++m_next;
            return YaqlNodePtr(
                std::make_unique<const YaqlVariable>(first.position, std::string(first.text)));
        case YaqlTokenKind::Function:
            ++m_next;
            return call(first, std::string(first.text), ")");
        case YaqlTokenKind::Operator:
            return operandOf(first);
        case YaqlTokenKind::End:
            break;
        }
        return unexpected();
    }

    static Result<YaqlNodePtr> constant(const YaqlToken &at, Value value, YaqlConstant::Kind kind)
    {
        return YaqlNodePtr(
            std::make_unique<const YaqlConstant>(at.position, std::move(value), kind));
    }

    Result<YaqlNodePtr> operandOf(const YaqlToken &first)
    {
        if (first.text == "+" || first.text == "-")
            return unary(sign);
        if (first.text == "not")
            return unary(negation);
        if (first.text == "[" || first.text == "{") {
            ++m_next;
            const bool isList = first.text == "[";
            return call(first, isList ? "#list" : "#map", isList ? "]" : "}");
        }
        if (first.text != "(")
            return unexpected();
        ++m_next;
        SG_LET(YaqlNodePtr inner, expression(lowest));
        SG_TRY(expect(")"));
        return YaqlNodePtr(
            std::make_unique<const YaqlParenthesis>(first.position, std::move(inner)));
    }

    Result<YaqlNodePtr> unary(int precedence)
    {
        const YaqlToken symbol = take();
        YaqlNodeList operands(1);
        SG_LET(operands.front(), expression(precedence));
        return YaqlNodePtr(std::make_unique<const YaqlFunctionCall>(
            symbol.position, "#unary_operator_" + std::string(symbol.text), std::move(operands)));
    }

    Result<YaqlNodePtr> call(const YaqlToken &first, std::string name, std::string_view end)
    {
        const Position at = first.position;
        YaqlNodeList arguments;
        SG_TRY(argumentsInto(arguments, end));
        return YaqlNodePtr(
            std::make_unique<const YaqlFunctionCall>(at, std::move(name), std::move(arguments)));
    }

    Result<YaqlNodePtr> indexed(YaqlNodePtr owner)
    {
        const Position at = take().position;
        YaqlNodeList arguments;
        arguments.push_back(std::move(owner));
        SG_TRY(argumentsInto(arguments, "]"));
        return YaqlNodePtr(
            std::make_unique<const YaqlFunctionCall>(at, "#indexer", std::move(arguments)));
    }

    // Values, perhaps with gaps between them, then `name => value` without gaps but for one before.
    Result<> argumentsInto(YaqlNodeList &arguments, std::string_view end)
    {
        const std::size_t before = arguments.size();
        std::size_t gaps = 0;
        bool hasNames = false;
        while (!isAt(end) || arguments.size() > before || gaps > 0) {
            if (!hasNames && isAt(",")) {
                ++m_next;
                arguments.push_back(nullptr);
                ++gaps;
                continue;
            }
            SG_LET(YaqlNodePtr node, argument());
            const bool isName = node->isRule();
            // `f(, a => 1)` and `f(1,,, a => 1)` are not in the grammar, `f(1,, a => 1)` is.
            if ((hasNames && !isName)
                || (isName && !hasNames
                    && (gaps > 1 || (gaps == 1 && arguments.size() == before + 1))))
                return unexpected();
            hasNames = isName;
            gaps = 0;
            arguments.push_back(std::move(node));
            if (!isAt(","))
                break;
            ++m_next;
            if (isAt(end))
                return unexpected();
        }
        return expect(end);
    }

    Result<YaqlNodePtr> argument()
    {
        SG_LET(YaqlNodePtr key, expression(lowest));
        if (!isAt("=>"))
            return key;
        const Position at = take().position;
        SG_LET(YaqlNodePtr value, expression(lowest));
        return YaqlNodePtr(
            std::make_unique<const YaqlRuleNode>(at, std::move(key), std::move(value)));
    }

    // As deep as the reference's own parser and evaluator get before Python stops them.
    static constexpr int deepest = 190;

    const std::string_view m_source;
    const std::vector<YaqlToken> m_tokens;
    std::size_t m_next = 0;
    int m_depth = 0;
};

} // namespace

Result<YaqlNodePtr> parseYaql(std::string_view source)
{
    SG_LET(std::vector<YaqlToken> tokens, readYaqlTokens(source));
    return Parser(source, std::move(tokens)).parse();
}

} // namespace stormglass
