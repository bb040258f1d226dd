#include "engine/expressions/expression.h"

#include "engine/expressions/jinja_program.h"
#include "engine/expressions/program.h"
#include "engine/expressions/yaql_program.h"

namespace stormglass {

Expression::Expression(std::shared_ptr<const Program> program)
    : m_program(std::move(program))
{
}

Result<Expression> Expression::compile(std::string_view source, Language language)
{
    switch (language) {
    case Language::Jinja: {
        SG_LET(auto program, JinjaProgram::compile(source, stackStormEnvironment()));
        return Expression(std::move(program));
    }
    case Language::Yaql:
        break;
    }
    SG_LET(auto program, compileYaqlProgram(source));
    return Expression(std::move(program));
}

Result<Value> Expression::evaluate(const EvaluationContext &context) const
{
    return m_program->evaluate(context);
}

bool Expression::isTemplate() const
{
    return m_program->isTemplate();
}

} // namespace stormglass
