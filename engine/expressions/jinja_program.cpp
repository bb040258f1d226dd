#include "engine/expressions/jinja_program.h"

#include "engine/base/utf8.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/jinja_expression_lexer.h"
#include "engine/expressions/jinja_lexer.h"
#include "engine/expressions/jinja_parser.h"
#include "engine/expressions/own_copies.h"
#include "engine/expressions/python_json.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/source_places.h"
#include "engine/expressions/undefined.h"

#include <array>

namespace stormglass {

namespace {

constexpr std::size_t longestSource = 4UL * 1024 * 1024;

// Methods that change what they are called on.
constexpr std::array<std::string_view, 16> changingMethods{"append",
                                                           "extend",
                                                           "insert",
                                                           "pop",
                                                           "remove",
                                                           "clear",
                                                           "sort",
                                                           "reverse",
                                                           "update",
                                                           "popitem",
                                                           "setdefault",
                                                           "add",
                                                           "discard",
                                                           "difference_update",
                                                           "intersection_update",
                                                           "symmetric_difference_update"};

Result<> refuseUnreadable(std::string_view source)
{
    if (source.size() > longestSource)
        return syntaxError("a template of " + std::to_string(source.size()) + " bytes is too long: "
                               + std::to_string(longestSource) + " are allowed",
                           {});
    if (!isUtf8(source))
        return syntaxError("a template must be UTF-8 text", positionOfBadUtf8(source));
    return {};
}

} // namespace

Result<std::shared_ptr<const Program>> JinjaProgram::compile(std::string_view source,
                                                             const JinjaEnvironment &environment)
{
    SG_TRY(refuseUnreadable(source));
    auto program = std::make_shared<JinjaProgram>(normalizedTemplate(source), environment);
    SG_LET(std::vector<JinjaToken> tokens, readJinjaTokens(program->m_source));
    SG_TRY(JinjaParser(*program, std::move(tokens)).parseTemplate());
    return std::shared_ptr<const Program>(std::move(program));
}

Result<std::shared_ptr<const Program>>
JinjaProgram::compileExpression(std::string_view source, const JinjaEnvironment &environment)
{
    SG_TRY(refuseUnreadable(source));
    auto program = std::make_shared<JinjaProgram>(std::string(source), environment);
    program->m_isTemplate = true;
    SG_LET(std::vector<JinjaToken> tokens, readJinjaExpressionTokens(program->m_source));
    SG_TRY(JinjaParser(*program, std::move(tokens)).parseLoneExpression());
    return std::shared_ptr<const Program>(std::move(program));
}

std::optional<Error> JinjaProgram::syntaxProblem(std::string_view source)
{
    const auto program = compile(source, stackStormEnvironment());
    const bool isSyntax = !program && program.error().kind == QStringLiteral("TemplateSyntaxError");
    return isSyntax ? std::optional(program.error()) : std::nullopt;
}

std::optional<Error> JinjaProgram::expressionSyntaxProblem(std::string_view source)
{
    JinjaProgram program(std::string(source), stackStormEnvironment());
    Result<std::vector<JinjaToken>> tokens = readJinjaExpressionTokens(program.m_source);
    if (!tokens)
        return tokens.error();
    const Result<> parsed = JinjaParser(program, std::move(*tokens)).parseLeadingExpression();
    const bool isSyntax = !parsed && parsed.error().kind == QStringLiteral("TemplateSyntaxError");
    return isSyntax ? std::optional(parsed.error()) : std::nullopt;
}

void JinjaProgram::noteMember(std::string_view name)
{
    for (const std::string_view method : changingMethods)
        m_changesValues = m_changesValues || method == name;
}

const JinjaBlock *JinjaProgram::block(std::string_view name) const
{
    const auto found = m_blocks.find(name);
    return found == m_blocks.end() ? nullptr : found->second;
}

std::vector<std::string_view> JinjaProgram::blockNames() const
{
    std::vector<std::string_view> names;
    for (const auto &[name, block] : m_blocks)
        names.push_back(name);
    return names;
}

EvaluationContext JinjaProgram::ownContext(const EvaluationContext &context) const
{
    EvaluationContext own = context;
    own.variables = ownCopy(context.variables);
    return own;
}

Result<Value> JinjaProgram::evaluate(const EvaluationContext &context) const
{
    if (m_changesValues && !context.variables.entriesOrNone().isEmpty())
        return run(ownContext(context));
    return run(context);
}

Result<Value> JinjaProgram::run(const EvaluationContext &context) const
{
    JinjaEvaluation evaluation(context, *this);
    if (m_changesValues)
        evaluation.ownValues();
    Value result;
    if (m_expression) {
        result = plainValue(evaluation, m_expression->evaluate(evaluation));
    } else {
        runAll(m_body, evaluation);
        result = Value(evaluation.takeOutput());
    }
    if (evaluation.failed())
        return failure(evaluation.error());
    return evaluation.tainted(std::move(result));
}

Result<ExpressionValue> JinjaProgram::evaluateTyped(const EvaluationContext &given,
                                                    ExpressionForm form) const
{
    const EvaluationContext own = m_changesValues ? ownContext(given) : EvaluationContext();
    JinjaEvaluation evaluation(m_changesValues ? own : given, *this);
    if (m_changesValues)
        evaluation.ownValues();
    Value result = m_expression->evaluate(evaluation);
    if (const auto *missing = evaluation.failed() ? nullptr : objectAs<Undefined>(result)) {
        // A missing `else` leaves nothing in a text.
        if (form == ExpressionForm::Text && missing->isOfMissingElse())
            return ExpressionValue{evaluation.tainted(Value("")), false, false};
        return ExpressionValue{{}, false, true};
    }
    // A generator counts as the list it would give, even as text.
    if (!evaluation.failed() && objectAs<Generator>(result))
        result = Value(listOf(evaluation, result));
    const bool isText = !evaluation.failed() && textIn(result).has_value();
    if (!evaluation.failed() && form == ExpressionForm::Text && !isText)
        result = Value(strOf(evaluation, result));
    else if (!evaluation.failed())
        result = plainValue(evaluation, result);
    if (evaluation.failed())
        return failure(evaluation.error());
    return ExpressionValue{evaluation.tainted(std::move(result)), isText, false};
}

void JinjaProgram::visit(NodeVisitor &visitor) const
{
    if (m_expression)
        m_expression->visit(visitor);
    visitAll(m_body, visitor);
}

} // namespace stormglass
