#include "engine/expressions/jinja_parser.h"

#include "engine/expressions/jinja_operations.h"
#include "engine/expressions/methods.h"

#include <array>

namespace stormglass {

namespace {

struct ComparisonSymbol
{
    std::string_view symbol;
    JinjaComparison::Operator comparison;
};

constexpr std::array<ComparisonSymbol, 6> comparisonSymbols{{
    {"==", JinjaComparison::Operator::Equal},
    {"!=", JinjaComparison::Operator::NotEqual},
    {"<", JinjaComparison::Operator::Less},
    {"<=", JinjaComparison::Operator::LessEqual},
    {">", JinjaComparison::Operator::Greater},
    {">=", JinjaComparison::Operator::GreaterEqual},
}};

const ComparisonSymbol *findComparison(const JinjaToken &token)
{
    if (token.kind != JinjaTokenKind::Operator)
        return nullptr;
    for (const ComparisonSymbol &candidate : comparisonSymbols) {
        if (candidate.symbol == token.text)
            return &candidate;
    }
    return nullptr;
}

struct ArithmeticSymbol
{
    std::string_view symbol;
    Arithmetic operation;
};

constexpr std::array<ArithmeticSymbol, 2> sums{
    {{"+", Arithmetic::Add}, {"-", Arithmetic::Subtract}}};
constexpr std::array<ArithmeticSymbol, 4> products{{{"*", Arithmetic::Multiply},
                                                    {"/", Arithmetic::Divide},
                                                    {"//", Arithmetic::FloorDivide},
                                                    {"%", Arithmetic::Modulo}}};

template <typename Symbols>
const ArithmeticSymbol *findArithmetic(const Symbols &symbols, const JinjaToken &token)
{
    for (const ArithmeticSymbol &candidate : symbols) {
        if (token.kind == JinjaTokenKind::Operator && candidate.symbol == token.text)
            return &candidate;
    }
    return nullptr;
}

bool isConstant(const Node &node)
{
    if (const auto *sign = dynamic_cast<const JinjaSign *>(&node))
        return isConstant(sign->operand());
    if (const auto *operation = dynamic_cast<const JinjaArithmetic *>(&node))
        return isConstant(operation->left()) && isConstant(operation->right());
    return dynamic_cast<const JinjaConstant *>(&node) != nullptr;
}

// The number that a node is the negative of; null if it is none.
const Value *negatedConstant(const Node &node)
{
    const auto *sign = dynamic_cast<const JinjaSign *>(&node);
    const bool isMinus = sign && sign->sign() == JinjaSign::Sign::Minus;
    const auto *number = isMinus ? dynamic_cast<const JinjaConstant *>(&sign->operand()) : nullptr;
    return number && number->value().isNumber() ? &number->value() : nullptr;
}

} // namespace

NodePointer JinjaParser::parseExpression(Conditions conditions)
{
    return conditions == Conditions::Allowed ? parseCondition() : parseOr();
}

NodePointer JinjaParser::parseCondition()
{
    const Depth depth(*this);
    if (isTooDeep())
        return nullptr;
    const std::size_t missingBefore = m_missing.size();
    NodePointer node = parseOr();
    int links = 0;
    while (!failed() && skipName("if")) {
        if (++links > longestChain)
            return fail("the expression is too long");
        const Position position = current().position;
        NodePointer condition = parseOr();
        NodePointer otherwise = !failed() && skipName("else") ? parseCondition() : nullptr;
        node = std::make_unique<JinjaCondition>(position, std::move(condition), std::move(node),
                                                std::move(otherwise));
    }
    if (links > 0)
        m_missing.resize(missingBefore);
    return node;
}

NodePointer JinjaParser::parseOr()
{
    NodePointer left = parseAnd();
    for (int links = 0; !failed() && isAtName("or"); ++links) {
        const Position position = current().position;
        advance();
        NodePointer right = parseAnd();
        if (links > longestChain)
            return fail("the expression is too long");
        left = std::make_unique<JinjaLogic>(position, JinjaLogic::Word::Or, std::move(left),
                                            std::move(right));
    }
    return left;
}

NodePointer JinjaParser::parseAnd()
{
    NodePointer left = parseNot();
    for (int links = 0; !failed() && isAtName("and"); ++links) {
        const Position position = current().position;
        advance();
        NodePointer right = parseNot();
        if (links > longestChain)
            return fail("the expression is too long");
        left = std::make_unique<JinjaLogic>(position, JinjaLogic::Word::And, std::move(left),
                                            std::move(right));
    }
    return left;
}

NodePointer JinjaParser::parseNot()
{
    const Depth depth(*this);
    if (isTooDeep())
        return nullptr;
    if (!isAtName("not"))
        return parseComparison();
    const Position position = current().position;
    advance();
    return std::make_unique<JinjaNot>(position, parseNot());
}

NodePointer JinjaParser::parseComparison()
{
    const Position position = current().position;
    NodePointer first = parseSum();
    std::vector<JinjaComparison::Link> links;
    while (!failed()) {
        const Position here = current().position;
        if (const ComparisonSymbol *symbol = findComparison(current())) {
            advance();
            links.push_back({symbol->comparison, here, parseSum()});
        } else if (skipName("in")) {
            links.push_back({JinjaComparison::Operator::In, here, parseSum()});
        } else if (isAtName("not") && ahead().kind == JinjaTokenKind::Name
                   && ahead().text == "in") {
            advance();
            advance();
            links.push_back({JinjaComparison::Operator::NotIn, here, parseSum()});
        } else {
            break;
        }
    }
    if (links.empty())
        return first;
    return std::make_unique<JinjaComparison>(position, std::move(first), std::move(links));
}

NodePointer JinjaParser::parseSum()
{
    NodePointer left = parseConcatenation();
    for (int links = 0; !failed(); ++links) {
        const ArithmeticSymbol *symbol = findArithmetic(sums, current());
        if (!symbol)
            break;
        if (links > longestChain)
            return fail("the expression is too long");
        const Position position = current().position;
        advance();
        NodePointer right = parseConcatenation();
        left = std::make_unique<JinjaArithmetic>(position, symbol->operation, std::move(left),
                                                 std::move(right));
    }
    return left;
}

NodePointer JinjaParser::parseConcatenation()
{
    const Position position = current().position;
    NodeList parts;
    parts.push_back(parseProduct());
    while (!failed() && skip("~"))
        parts.push_back(parseProduct());
    if (parts.size() == 1)
        return std::move(parts.front());
    return std::make_unique<JinjaConcatenation>(position, std::move(parts));
}

NodePointer JinjaParser::parseProduct()
{
    NodePointer left = parsePower();
    for (int links = 0; !failed(); ++links) {
        const ArithmeticSymbol *symbol = findArithmetic(products, current());
        if (!symbol)
            break;
        if (links > longestChain)
            return fail("the expression is too long");
        const Position position = current().position;
        advance();
        NodePointer right = parsePower();
        left = std::make_unique<JinjaArithmetic>(position, symbol->operation, std::move(left),
                                                 std::move(right));
    }
    return left;
}

NodePointer JinjaParser::parsePower()
{
    NodePointer left = parseUnary(true);
    for (int links = 0; !failed() && isAt("**"); ++links) {
        if (links > longestChain)
            return fail("the expression is too long");
        const Position position = current().position;
        advance();
        NodePointer right = parseUnary(true);
        if (failed())
            return nullptr;
        // Jinja writes a negative constant into Python's source as it is, where the power of what
        // is only known later binds tighter than the sign: -2 ** n is -(2 ** n).
        const Value *const negated = isConstant(*right) ? nullptr : negatedConstant(*left);
        NodePointer base
            = negated ? std::make_unique<JinjaConstant>(position, *negated) : std::move(left);
        left = std::make_unique<JinjaArithmetic>(position, Arithmetic::Power, std::move(base),
                                                 std::move(right));
        if (negated)
            left = std::make_unique<JinjaSign>(position, JinjaSign::Sign::Minus, std::move(left));
    }
    return left;
}

NodePointer JinjaParser::parseUnary(bool withFilters)
{
    const Depth depth(*this);
    if (isTooDeep())
        return nullptr;
    const Position position = current().position;
    NodePointer node;
    if (skip("-"))
        node = std::make_unique<JinjaSign>(position, JinjaSign::Sign::Minus, parseUnary(false));
    else if (skip("+"))
        node = std::make_unique<JinjaSign>(position, JinjaSign::Sign::Plus, parseUnary(false));
    else
        node = parsePrimary();
    node = parsePostfix(std::move(node));
    return withFilters ? parseFiltersAndTests(std::move(node)) : std::move(node);
}

NodePointer JinjaParser::parsePrimary()
{
    if (failed())
        return nullptr;
    const JinjaToken &token = current();
    switch (token.kind) {
    case JinjaTokenKind::Name:
        return parseName();
    case JinjaTokenKind::Text:
        return parseStrings();
    case JinjaTokenKind::Integer:
    case JinjaTokenKind::Real:
        advance();
        return std::make_unique<JinjaConstant>(token.position, token.value);
    default:
        break;
    }
    if (skip("(")) {
        TupleForm form;
        form.isParenthesized = true;
        NodePointer node = parseTuple(form);
        expect(")");
        return node;
    }
    if (isAt("["))
        return parseList();
    if (isAt("{"))
        return parseMap();
    return fail("unexpected " + describe(token));
}

NodePointer JinjaParser::parseName()
{
    const JinjaToken &token = current();
    const std::string_view name = token.text;
    advance();
    if (name == "true" || name == "True")
        return std::make_unique<JinjaConstant>(token.position, Value(true));
    if (name == "false" || name == "False")
        return std::make_unique<JinjaConstant>(token.position, Value(false));
    if (name == "none" || name == "None")
        return std::make_unique<JinjaConstant>(token.position, Value());
    const JinjaName number = numberOf(name);
    const Value &text = m_program.name(number);
    return std::make_unique<JinjaVariable>(token.position, number, text,
                                           m_program.environment().globals.find(name));
}

NodePointer JinjaParser::parseStrings()
{
    const JinjaToken &first = current();
    advance();
    m_program.noteMember(first.value.text());
    if (!isAtKind(JinjaTokenKind::Text))
        return std::make_unique<JinjaConstant>(first.position, first.value);
    std::string text(first.value.text());
    while (isAtKind(JinjaTokenKind::Text)) {
        text += current().value.text();
        advance();
    }
    return std::make_unique<JinjaConstant>(first.position, Value(text));
}

NodePointer JinjaParser::parseList()
{
    const Position position = current().position;
    advance();
    NodeList items;
    while (!failed() && !isAt("]")) {
        if (!items.empty() && !expect(","))
            break;
        if (isAt("]"))
            break;
        items.push_back(parseExpression());
    }
    expect("]");
    return std::make_unique<JinjaList>(position, std::move(items));
}

NodePointer JinjaParser::parseMap()
{
    const Position position = current().position;
    advance();
    std::vector<std::pair<NodePointer, NodePointer>> entries;
    while (!failed() && !isAt("}")) {
        if (!entries.empty() && !expect(","))
            break;
        if (isAt("}"))
            break;
        NodePointer key = parseExpression();
        if (failed() || !expect(":"))
            break;
        NodePointer value = parseExpression();
        entries.emplace_back(std::move(key), std::move(value));
    }
    expect("}");
    return std::make_unique<JinjaMap>(position, std::move(entries));
}

bool JinjaParser::isAtTupleEnd(const TupleForm &form) const
{
    const JinjaTokenKind kind = current().kind;
    if (kind == JinjaTokenKind::VariableEnd || kind == JinjaTokenKind::BlockEnd || isAt(")"))
        return true;
    return !form.endsAt.empty() && isAtName(form.endsAt);
}

NodePointer JinjaParser::parseTuple(const TupleForm &form)
{
    const Depth depth(*this);
    if (isTooDeep())
        return nullptr;
    const Position position = current().position;
    NodeList items;
    bool isTuple = false;
    while (!failed()) {
        if (!items.empty() && !expect(","))
            break;
        if (isAtTupleEnd(form))
            break;
        items.push_back(form.isSimple ? parsePrimary() : parseExpression(form.conditions));
        if (!isAt(","))
            break;
        isTuple = true;
    }
    if (failed())
        return nullptr;
    if (!isTuple && items.size() == 1)
        return std::move(items.front());
    if (items.empty() && !form.isParenthesized)
        return fail("Expected an expression, got " + describe(current()));
    return std::make_unique<JinjaTuple>(position, std::move(items));
}

} // namespace stormglass
