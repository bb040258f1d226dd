#pragma once

#include "engine/base/result.h"
#include "engine/expressions/jinja_environment.h"
#include "engine/expressions/jinja_nodes.h"
#include "engine/expressions/jinja_scope.h"
#include "engine/expressions/program.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stormglass {

class JinjaBlock;

// A Jinja template, parsed.
class JinjaProgram final : public Program
{
public:
    // A whole template, whose value is text.
    static Result<std::shared_ptr<const Program>> compile(std::string_view source,
                                                          const JinjaEnvironment &environment);
    // A lone expression without delimiters, whose value keeps its type.
    static Result<std::shared_ptr<const Program>>
    compileExpression(std::string_view source, const JinjaEnvironment &environment);

    // What is wrong with the syntax of a template, or of the expression that a text begins with;
    // filters that do not exist are none of it.
    static std::optional<Error> syntaxProblem(std::string_view source);
    static std::optional<Error> expressionSyntaxProblem(std::string_view source);

    explicit JinjaProgram(std::string source, const JinjaEnvironment &environment)
        : m_source(std::move(source))
        , m_environment(environment)
    {
    }

    Result<Value> evaluate(const EvaluationContext &context) const override;
    // The value of an expression, with nothing lazy left in it.
    Result<ExpressionValue> evaluateTyped(const EvaluationContext &context,
                                          ExpressionForm form) const override;
    bool isTemplate() const override { return m_isTemplate; }
    void visit(NodeVisitor &visitor) const override;

    const std::string &source() const { return m_source; }
    const StatementList &body() const { return m_body; }
    const JinjaEnvironment &environment() const { return m_environment; }
    // Null if there is no such block.
    const JinjaBlock *block(std::string_view name) const;
    std::vector<std::string_view> blockNames() const;
    const Value &name(JinjaName number) const { return m_names[number]; }

    // A member of that name is asked for somewhere.
    void noteMember(std::string_view name);

private:
    friend class JinjaParser;
    Result<Value> run(const EvaluationContext &context) const;
    // With lists and maps that nobody else sees.
    EvaluationContext ownContext(const EvaluationContext &context) const;

    // Outlived by no token: names and errors hold copies.
    const std::string m_source;
    const JinjaEnvironment &m_environment;
    std::vector<Value> m_names;
    StatementList m_body;
    std::unique_ptr<const Node> m_expression;
    // Borrowed from the body.
    std::map<std::string, const JinjaBlock *, std::less<>> m_blocks;
    bool m_isTemplate = false;
    // It may change lists or maps in place, so it needs its own copies of the variables.
    bool m_changesValues = false;
};

} // namespace stormglass
