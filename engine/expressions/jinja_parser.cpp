#include "engine/expressions/jinja_parser.h"

#include "engine/expressions/jinja_expression_lexer.h"

#include <algorithm>

namespace stormglass {

JinjaParser::JinjaParser(JinjaProgram &program, std::vector<JinjaToken> tokens)
    : m_program(program)
    , m_tokens(std::move(tokens))
{
}

Result<> JinjaParser::parseTemplate()
{
    m_program.m_body = parseBody({});
    keepMissingSince(0);
    if (!m_error && m_surelyMissing)
        m_error = m_surelyMissing;
    return m_error ? Result<>(failure(*m_error)) : Result<>();
}

Result<> JinjaParser::parseLoneExpression()
{
    NodePointer node = parseExpression();
    if (!failed() && !isAtKind(JinjaTokenKind::End))
        fail("chunk after expression");
    return finishExpression(std::move(node));
}

Result<> JinjaParser::parseLeadingExpression()
{
    return finishExpression(parseExpression());
}

Result<> JinjaParser::finishExpression(NodePointer node)
{
    keepMissingSince(0);
    if (!m_error && m_surelyMissing)
        m_error = m_surelyMissing;
    if (m_error)
        return failure(*m_error);
    m_program.m_expression = std::move(node);
    return {};
}

void JinjaParser::advance()
{
    if (m_next + 1 < m_tokens.size())
        ++m_next;
}

bool JinjaParser::isAt(std::string_view symbol) const
{
    return current().kind == JinjaTokenKind::Operator && current().text == symbol;
}

bool JinjaParser::isAtName(std::string_view name) const
{
    return current().kind == JinjaTokenKind::Name && current().text == name;
}

bool JinjaParser::skip(std::string_view symbol)
{
    if (!isAt(symbol))
        return false;
    advance();
    return true;
}

bool JinjaParser::skipName(std::string_view name)
{
    if (!isAtName(name))
        return false;
    advance();
    return true;
}

bool JinjaParser::expect(std::string_view symbol)
{
    if (!failed() && skip(symbol))
        return true;
    failExpecting('\'' + std::string(symbol) + '\'');
    return false;
}

bool JinjaParser::expectKind(JinjaTokenKind kind)
{
    if (failed())
        return false;
    if (isAtKind(kind)) {
        advance();
        return true;
    }
    failExpecting(describe({kind, {}, {}, {}}));
    return false;
}

std::string_view JinjaParser::takeName()
{
    const std::string_view name = current().text;
    return expectKind(JinjaTokenKind::Name) ? name : std::string_view();
}

NodePointer JinjaParser::fail(std::string message, std::string_view kind)
{
    return failAt(current().position, std::move(message), kind);
}

NodePointer JinjaParser::failAt(Position position, std::string message, std::string_view kind)
{
    if (m_error)
        return nullptr;
    m_error = std::move(syntaxError(message, position).value());
    m_error->kind = QString::fromLatin1(kind.data(), static_cast<qsizetype>(kind.size()));
    return nullptr;
}

void JinjaParser::failExpecting(std::string_view what)
{
    if (isAtKind(JinjaTokenKind::End))
        fail("unexpected end of template, expected " + std::string(what) + ".");
    else
        fail("expected token " + std::string(what) + ", got " + describe(current()));
}

std::string JinjaParser::describe(const JinjaToken &token)
{
    switch (token.kind) {
    case JinjaTokenKind::Data:
        return "'template data / text'";
    case JinjaTokenKind::VariableBegin:
        return "'begin of print statement'";
    case JinjaTokenKind::VariableEnd:
        return "'end of print statement'";
    case JinjaTokenKind::BlockBegin:
        return "'begin of statement block'";
    case JinjaTokenKind::BlockEnd:
        return "'end of statement block'";
    case JinjaTokenKind::Text:
        return "'string'";
    case JinjaTokenKind::Integer:
        return "'integer'";
    case JinjaTokenKind::Real:
        return "'float'";
    case JinjaTokenKind::Comment:
        return "'comment'";
    case JinjaTokenKind::End:
        return "'end of template'";
    case JinjaTokenKind::Name:
        if (token.text.empty())
            return "'name'";
        break;
    case JinjaTokenKind::Operator:
        break;
    }
    return '\'' + std::string(token.text) + '\'';
}

bool JinjaParser::isTooDeep()
{
    if (m_depth > deepest)
        fail("the template is nested too deeply");
    return failed();
}

void JinjaParser::noteMissing(Position position, std::string_view kind, std::string_view name,
                              const FunctionTable &known)
{
    Error error = std::move(syntaxError(missingFunction(kind, name, known), position).value());
    error.kind = QString::fromLatin1(PythonError::TemplateAssertion.data());
    m_missing.push_back(std::move(error));
}

void JinjaParser::keepMissingSince(std::size_t before)
{
    if (m_missing.size() <= before)
        return;
    if (!m_surelyMissing)
        m_surelyMissing = m_missing[before];
    m_missing.resize(before);
}

void JinjaParser::refuseLoopAsTarget()
{
    if (!m_loopTarget || m_openLoops == 0 || m_surelyMissing)
        return;
    Error error = std::move(
        syntaxError("Can't assign to special loop variable in for-loop target", *m_loopTarget)
            .value());
    error.kind = QString::fromLatin1(PythonError::TemplateAssertion.data());
    m_surelyMissing = std::move(error);
}

JinjaName JinjaParser::numberOf(std::string_view name)
{
    const auto known = m_numbers.find(name);
    if (known != m_numbers.end())
        return known->second;
    const auto number = static_cast<JinjaName>(m_program.m_names.size());
    m_program.m_names.emplace_back(name);
    m_numbers.emplace(name, number);
    return number;
}

} // namespace stormglass
