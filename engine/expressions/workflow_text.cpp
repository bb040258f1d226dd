#include "engine/expressions/workflow_text.h"

#include "engine/base/python_text.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/orquesta_functions.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/yaql_program.h"

namespace stormglass {

namespace {

// A text that leads to itself ends here.
constexpr int deepest = 50;

Result<std::shared_ptr<const Program>> compiled(WorkflowLanguage language,
                                                std::string_view expression)
{
    const std::string_view source = withoutDelimiters(language, expression);
    if (language == WorkflowLanguage::Jinja)
        return JinjaProgram::compileExpression(source, orquestaEnvironment());
    return compileYaqlProgram(source);
}

QString quotedAll(const std::vector<std::string_view> &expressions)
{
    QString text;
    for (const std::string_view expression : expressions) {
        const std::string_view inner = withoutDelimiters(WorkflowLanguage::Jinja, expression);
        text += (text.isEmpty() ? QString() : QStringLiteral(", "))
            + QString::fromUtf8(inner.data(), static_cast<qsizetype>(inner.size()));
    }
    return text;
}

} // namespace

std::optional<WorkflowText> WorkflowText::read(std::string_view text)
{
    if (!workflowExpressions(WorkflowLanguage::Yaql, text).empty())
        return WorkflowText(WorkflowLanguage::Yaql, std::string(text));
    const bool isJinja
        = !workflowExpressions(WorkflowLanguage::Jinja, text).empty() || holdsJinjaBlocks(text);
    return isJinja ? std::optional(WorkflowText(WorkflowLanguage::Jinja, std::string(text)))
                   : std::nullopt;
}

WorkflowText::WorkflowText(WorkflowLanguage language, std::string text)
    : m_language(language)
    , m_text(std::move(text))
{
    if (language == WorkflowLanguage::Jinja) {
        for (const std::string_view block : rawJinjaBlocks(m_text))
            m_raw.emplace_back(block);
        for (std::size_t i = 0; i < m_raw.size(); ++i)
            m_text = replaced(m_text, m_raw[i], '{' + std::to_string(i) + '}', -1);
        if (holdsJinjaBlocks(m_text))
            m_blocks = Part{m_text, JinjaProgram::compile(m_text, orquestaEnvironment())};
    }
    if (m_blocks)
        return;
    for (const std::string_view expression : workflowExpressions(language, m_text))
        m_parts.push_back({std::string(expression), compiled(language, expression)});
}

tl::unexpected<Error> WorkflowText::wrapped(const Error &error, const std::string &expression) const
{
    const bool isYaql = m_language == WorkflowLanguage::Yaql;
    const char *const kind = isYaql ? "YaqlEvaluationException" : "JinjaEvaluationException";
    QString text = error.message;
    if (isYaql) {
        while (text.startsWith(u'\''))
            text.remove(0, 1);
        while (text.endsWith(u'\''))
            text.chop(1);
    }
    const QString source = QString::fromStdString(expression);
    Error whole{ErrorCode::Invalid, {}, QString::fromLatin1(kind)};
    if (isYaql && error.kind == QStringLiteral("KeyError"))
        whole.message
            = QStringLiteral("Unable to resolve key '%1' in expression '%2' from context.")
                  .arg(text, source);
    else
        whole.message = QStringLiteral("Unable to evaluate expression '%1'. %2: %3")
                            .arg(source, error.kind, text);
    whole.place = error.place;
    return failure(std::move(whole));
}

Result<Value> WorkflowText::again(Value result, const EvaluationContext &context,
                                  const WorkflowContext &workflow, int depth) const
{
    if (!result.isText() || !workflow.evaluatesResults)
        return result;
    const bool isYaql = m_language == WorkflowLanguage::Yaql;
    const bool hasOwn = !workflowExpressions(m_language, result.text()).empty()
        || (!isYaql && holdsJinjaBlocks(result.text()));
    if (!hasOwn)
        return result;
    WorkflowText inner(m_language, {});
    inner.m_text = result.text();
    if (!isYaql && holdsJinjaBlocks(inner.m_text))
        inner.m_blocks
            = Part{inner.m_text, JinjaProgram::compile(inner.m_text, orquestaEnvironment())};
    else
        for (const std::string_view expression : workflowExpressions(m_language, inner.m_text))
            inner.m_parts.push_back({std::string(expression), compiled(m_language, expression)});
    SG_LET(Value value, inner.expanded(context, workflow, depth + 1));
    return result.isSecret() ? value.markedSecret() : value;
}

// The value that a lone expression has, or null with the text changed.
Result<Value> WorkflowText::substituted(const Part &part, const EvaluationContext &context,
                                        const WorkflowContext &workflow, int depth,
                                        std::string &text) const
{
    if (!part.program)
        return wrapped(part.program.error(), part.source);
    const bool isAlone = m_parts.size() == 1 && text.size() <= part.source.size();
    const auto form = isAlone ? ExpressionForm::Typed : ExpressionForm::Text;
    const Result<ExpressionValue> result = (*part.program)->evaluateTyped(context, form);
    if (!result)
        return wrapped(result.error(), part.source);
    if (result->isUndefined)
        return Value(text);
    Result<Value> value = result->isText ? again(result->value, context, workflow, depth)
                                         : Result<Value>(result->value);
    if (!value)
        return wrapped(value.error(), part.source);
    if (isAlone)
        return value;
    text = replaced(text, part.source, pythonStr(*value), -1);
    if (text.size() > static_cast<std::size_t>(workflow.limits.outputBytes))
        return wrapped({ErrorCode::Invalid, QStringLiteral("the text becomes too long"),
                        QString::fromLatin1(PythonError::Limit.data())},
                       part.source);
    return value->isSecret() ? Value(text).markedSecret() : Value(text);
}

Result<Value> WorkflowText::expandedBlocks(const EvaluationContext &context,
                                           const WorkflowContext &workflow, int depth) const
{
    if (!m_blocks->program)
        return wrapped(m_blocks->program.error(), m_blocks->source);
    Result<Value> text = (*m_blocks->program)->evaluate(context);
    if (!text)
        return wrapped(text.error(), m_blocks->source);
    Result<Value> value = again(*text, context, workflow, depth);
    return value ? value : wrapped(value.error(), m_blocks->source);
}

Result<Value> WorkflowText::expanded(const EvaluationContext &context,
                                     const WorkflowContext &workflow, int depth) const
{
    if (depth > deepest)
        return pythonError("RecursionError", QStringLiteral("maximum recursion depth exceeded"));
    if (m_blocks)
        return expandedBlocks(context, workflow, depth);
    std::string text = m_text;
    Value whole(text);
    bool isSecret = false;
    for (const Part &part : m_parts) {
        SG_LET(whole, substituted(part, context, workflow, depth, text));
        isSecret = isSecret || whole.isSecret();
    }
    return isSecret ? whole.markedSecret() : whole;
}

Result<Value> WorkflowText::evaluate(const WorkflowContext &workflow) const
{
    EvaluationContext context;
    context.variables = workflowVariables(workflow.data);
    context.resolver = workflow.resolver;
    context.clock = workflow.clock;
    context.limits = workflow.limits;
    SG_LET(Value output, expanded(context, workflow, 0));
    if (m_language == WorkflowLanguage::Yaql || !output.isText())
        return output;
    const auto unresolved = workflowExpressions(WorkflowLanguage::Jinja, output.text());
    if (!unresolved.empty())
        return pythonError(
            "JinjaEvaluationException",
            QStringLiteral("There are unresolved variables: %1").arg(quotedAll(unresolved)));
    if (m_raw.empty())
        return output;
    std::string text(output.text());
    for (std::size_t i = 0; i < m_raw.size(); ++i)
        text = replaced(text, '{' + std::to_string(i) + '}', m_raw[i], -1);
    SG_LET(const auto program, JinjaProgram::compile(text, orquestaEnvironment()));
    SG_LET(Value rendered, program->evaluate(context));
    return output.isSecret() ? rendered.markedSecret() : rendered;
}

} // namespace stormglass
