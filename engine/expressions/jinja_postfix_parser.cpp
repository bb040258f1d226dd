#include "engine/expressions/jinja_parser.h"

#include "engine/expressions/jinja_operations.h"

namespace stormglass {

NodePointer JinjaParser::parsePostfix(NodePointer node)
{
    for (int links = 0; !failed(); ++links) {
        if (links > longestChain)
            return fail("the expression is too long");
        if (isAt(".") || isAt("["))
            node = parseSubscript(std::move(node));
        else if (isAt("("))
            node = parseCall(std::move(node));
        else
            break;
    }
    return node;
}

NodePointer JinjaParser::parseFiltersAndTests(NodePointer node)
{
    for (int links = 0; !failed(); ++links) {
        if (links > longestChain)
            return fail("the expression is too long");
        if (isAt("|"))
            node = parseFilters(std::move(node));
        else if (isAtName("is"))
            node = parseTest(std::move(node));
        else if (isAt("("))
            // A call directly behind a filter: `x|f(1)(2)`.
            node = parseCall(std::move(node));
        else
            break;
    }
    return node;
}

NodePointer JinjaParser::parseSubscript(NodePointer owner)
{
    if (isAt("["))
        return parseBracketed(std::move(owner));
    advance();
    const JinjaToken &token = current();
    advance();
    if (token.kind == JinjaTokenKind::Name) {
        m_program.noteMember(token.text);
        return std::make_unique<JinjaMember>(token.position, std::move(owner), Value(token.text));
    }
    if (token.kind != JinjaTokenKind::Integer)
        return failAt(token.position, "expected name or number");
    return std::make_unique<JinjaSubscript>(
        token.position, std::move(owner),
        std::make_unique<JinjaConstant>(token.position, token.value));
}

NodePointer JinjaParser::parseBracketed(NodePointer owner)
{
    const Depth depth(*this);
    if (isTooDeep())
        return nullptr;
    advance();
    NodePointer node = parseSliceOrKey(std::move(owner));
    expect("]");
    return node;
}

NodePointer JinjaParser::parseSliceOrKey(NodePointer owner)
{
    const Position position = current().position;
    NodePointer first;
    if (!isAt(":")) {
        first = parseExpression();
        if (failed())
            return nullptr;
        if (const auto *key = dynamic_cast<const JinjaConstant *>(first.get());
            key && key->value().isText())
            m_program.noteMember(key->value().text());
        if (isAt(",")) {
            NodeList keys;
            keys.push_back(std::move(first));
            while (!failed() && skip(",") && !isAt("]"))
                keys.push_back(parseExpression());
            first = std::make_unique<JinjaTuple>(position, std::move(keys));
        }
        if (!isAt(":"))
            return std::make_unique<JinjaSubscript>(position, std::move(owner), std::move(first));
    }
    JinjaSlice::Bounds bounds;
    bounds.start = std::move(first);
    expect(":");
    if (!isAt(":") && !isAt("]"))
        bounds.stop = parseExpression();
    if (!failed() && skip(":") && !isAt("]"))
        bounds.step = parseExpression();
    return std::make_unique<JinjaSlice>(position, std::move(owner), std::move(bounds));
}

NodePointer JinjaParser::parseCall(NodePointer callee)
{
    // Where what is called is named: that is what a person looks for.
    const Position position = callee->position();
    JinjaArguments arguments = parseArguments();
    return std::make_unique<JinjaCall>(position, std::move(callee), std::move(arguments));
}

JinjaArguments JinjaParser::parseArguments()
{
    const Depth depth(*this);
    JinjaArguments arguments;
    expect("(");
    bool needsComma = false;
    const auto refuseUnless = [this](bool isAllowed) {
        if (!isAllowed)
            fail("invalid syntax for function call expression");
        return isAllowed;
    };
    while (!failed() && !isTooDeep() && !isAt(")")) {
        if (needsComma) {
            if (!expect(",") || isAt(")"))
                break;
        }
        needsComma = true;
        if (skip("*")) {
            if (refuseUnless(!arguments.rest && !arguments.names))
                arguments.rest = parseExpression();
        } else if (skip("**")) {
            if (refuseUnless(!arguments.names))
                arguments.names = parseExpression();
        } else if (isAtKind(JinjaTokenKind::Name) && ahead().text == "="
                   && ahead().kind == JinjaTokenKind::Operator) {
            if (!refuseUnless(!arguments.names))
                break;
            Value name(current().text);
            advance();
            advance();
            addNamed(arguments, std::move(name), parseExpression());
        } else if (refuseUnless(!arguments.rest && !arguments.names && arguments.named.empty())) {
            arguments.positional.push_back(parseExpression());
        }
    }
    expect(")");
    return arguments;
}

void JinjaParser::addNamed(JinjaArguments &arguments, Value name, NodePointer value)
{
    for (const auto &[given, node] : arguments.named) {
        if (given == name)
            fail("keyword argument repeated: " + std::string(name.text()), PythonError::Syntax);
    }
    arguments.named.emplace_back(std::move(name), std::move(value));
}

std::string JinjaParser::parseDottedName()
{
    std::string name(takeName());
    while (!failed() && skip("."))
        name += '.' + std::string(takeName());
    return name;
}

std::unique_ptr<const JinjaFilter> JinjaParser::parseFilters(NodePointer operand)
{
    std::unique_ptr<const JinjaFilter> filter;
    for (int links = 0; !failed() && skip("|"); ++links) {
        if (links > longestChain)
            fail("the expression is too long");
        filter = parseFilter(filter ? std::move(filter) : std::move(operand));
    }
    return filter;
}

std::unique_ptr<const JinjaFilter> JinjaParser::parseFilter(NodePointer operand)
{
    const Position position = current().position;
    std::string name = parseDottedName();
    if (failed())
        return nullptr;
    JinjaArguments arguments;
    if (isAt("("))
        arguments = parseArguments();
    const Function *filter = m_program.environment().filters.find(name);
    if (!filter)
        noteMissing(position, "filter", name, m_program.environment().filters);
    return std::make_unique<JinjaFilter>(position, std::move(operand), std::move(name), filter,
                                         std::move(arguments));
}

NodePointer JinjaParser::parseTest(NodePointer operand)
{
    advance();
    const bool isNegated = skipName("not");
    const Position position = current().position;
    std::string name = parseDottedName();
    if (failed())
        return nullptr;
    JinjaArguments arguments = parseTestArguments();
    const Function *test = m_program.environment().tests.find(name);
    if (!test)
        noteMissing(position, "test", name, m_program.environment().tests);
    NodePointer node = std::make_unique<JinjaTest>(position, std::move(operand), std::move(name),
                                                   test, std::move(arguments));
    if (!isNegated)
        return node;
    return std::make_unique<JinjaNot>(position, std::move(node));
}

JinjaArguments JinjaParser::parseTestArguments()
{
    if (isAt("("))
        return parseArguments();
    JinjaArguments arguments;
    const bool startsOperand = isAtKind(JinjaTokenKind::Name) || isAtKind(JinjaTokenKind::Text)
        || isAtKind(JinjaTokenKind::Integer) || isAtKind(JinjaTokenKind::Real) || isAt("[")
        || isAt("{");
    if (!startsOperand || isAtName("else") || isAtName("or") || isAtName("and"))
        return arguments;
    if (isAtName("is")) {
        fail("You cannot chain multiple tests with is");
        return arguments;
    }
    arguments.positional.push_back(parsePostfix(parsePrimary()));
    return arguments;
}

} // namespace stormglass
