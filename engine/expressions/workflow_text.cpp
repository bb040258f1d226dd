#include "engine/expressions/workflow_text.h"

#include "engine/base/python_text.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/orquesta_functions.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/source_places.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/yaql_program.h"

#include <algorithm>

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
    , m_written(std::move(text))
    , m_text(m_written)
{
    if (language == WorkflowLanguage::Jinja) {
        for (const std::string_view block : rawJinjaBlocks(m_written))
            m_raw.emplace_back(block);
        for (std::size_t i = 0; i < m_raw.size(); ++i)
            m_text = replaced(m_text, m_raw[i], '{' + std::to_string(i) + '}', -1);
        if (holdsJinjaBlocks(m_text))
            m_blocks = wholeAsPart();
    }
    if (m_blocks)
        return;
    for (const std::string_view expression : workflowExpressions(language, m_text))
        m_parts.push_back(partOf(expression));
}

WorkflowText::Part WorkflowText::partOf(std::string_view expression) const
{
    const std::string_view inner = withoutDelimiters(m_language, expression);
    const char *const begin = inner.empty() ? expression.data() : inner.data();
    const auto byte = static_cast<std::size_t>(begin - m_text.data());
    return {std::string(expression), positionAt(m_written, writtenAt(byte)),
            compiled(m_language, expression)};
}

WorkflowText::Part WorkflowText::wholeAsPart() const
{
    return {m_text, {}, JinjaProgram::compile(m_text, orquestaEnvironment())};
}

std::size_t WorkflowText::writtenAt(std::size_t byte) const
{
    if (m_raw.empty())
        return byte;
    std::size_t longer = 0;
    for (const std::string_view block : rawJinjaBlocks(m_written)) {
        const auto begin = static_cast<std::size_t>(block.data() - m_written.data());
        if (begin >= byte + longer)
            break;
        // The first of blocks that are the same stands for all of them.
        const auto number = std::ranges::find(m_raw, block) - m_raw.begin();
        longer += block.size() - ('{' + std::to_string(number) + '}').size();
    }
    return byte + longer;
}

tl::unexpected<Error> WorkflowText::wrapped(Error error, const Part &part) const
{
    const bool isYaql = m_language == WorkflowLanguage::Yaql;
    const char *const kind = isYaql ? "YaqlEvaluationException" : "JinjaEvaluationException";
    const std::string message = error.message.toStdString();
    const QString hint = Value(hintOf(message)).toQString();
    QString text = error.message.chopped(hint.size());
    if (isYaql) {
        while (text.startsWith(u'\''))
            text.remove(0, 1);
        while (text.endsWith(u'\''))
            text.chop(1);
    }
    const QString source = QString::fromStdString(part.source);
    if (isYaql && error.kind == QStringLiteral("KeyError"))
        error.message
            = QStringLiteral("Unable to resolve key '%1' in expression '%2' from context.")
                  .arg(text, source);
    else
        error.message = QStringLiteral("Unable to evaluate expression '%1'. %2: %3")
                            .arg(source, error.kind, text);
    error.message += hint;
    error.code = ErrorCode::Invalid;
    error.kind = QString::fromLatin1(kind);
    error = placedWithin(part.position, std::move(error));
    return failure(std::move(error));
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
    inner.m_written = inner.m_text = result.text();
    if (!isYaql && holdsJinjaBlocks(inner.m_text))
        inner.m_blocks = inner.wholeAsPart();
    else
        for (const std::string_view expression : workflowExpressions(m_language, inner.m_text))
            inner.m_parts.push_back(inner.partOf(expression));
    Result<Value> value = inner.expanded(context, workflow, depth + 1);
    // It stands in no template: what brought it is to be mended.
    if (!value)
        value.error().place.clear();
    return value && result.isSecret() ? value->markedSecret() : value;
}

// The value that a lone expression has, or null with the text changed.
Result<Value> WorkflowText::substituted(const Part &part, const EvaluationContext &context,
                                        const WorkflowContext &workflow, int depth,
                                        std::string &text) const
{
    if (!part.program)
        return wrapped(part.program.error(), part);
    const bool isAlone = m_parts.size() == 1 && text.size() <= part.source.size();
    const auto form = isAlone ? ExpressionForm::Typed : ExpressionForm::Text;
    const Result<ExpressionValue> result = (*part.program)->evaluateTyped(context, form);
    if (!result)
        return wrapped(result.error(), part);
    if (result->isUndefined)
        return Value(text);
    Result<Value> value = result->isText ? again(result->value, context, workflow, depth)
                                         : Result<Value>(result->value);
    if (!value)
        return wrapped(value.error(), part);
    if (isAlone)
        return value;
    text = replaced(text, part.source, pythonStr(*value), -1);
    if (text.size() > static_cast<std::size_t>(workflow.limits.outputBytes))
        return wrapped({ErrorCode::Invalid, QStringLiteral("the text becomes too long"),
                        QString::fromLatin1(PythonError::Limit.data())},
                       part);
    return value->isSecret() ? Value(text).markedSecret() : Value(text);
}

Result<Value> WorkflowText::expandedBlocks(const EvaluationContext &context,
                                           const WorkflowContext &workflow, int depth) const
{
    const Result<Value> text = m_blocks->program ? (*m_blocks->program)->evaluate(context)
                                                 : failure(m_blocks->program.error());
    if (!text) {
        Error error = text.error();
        const std::size_t byte = byteAt(m_text, readPlace(error.place));
        error.place = placeText(positionAt(m_written, writtenAt(byte)));
        return wrapped(std::move(error), *m_blocks);
    }
    Result<Value> value = again(*text, context, workflow, depth);
    return value ? value : wrapped(value.error(), *m_blocks);
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

// What stayed in the text that came out, with the place of the first and what was meant by it.
tl::unexpected<Error> WorkflowText::unresolved(const std::vector<std::string_view> &expressions,
                                               const EvaluationContext &context) const
{
    Error error{ErrorCode::Invalid,
                QStringLiteral("There are unresolved variables: %1").arg(quotedAll(expressions)),
                QStringLiteral("JinjaEvaluationException")};
    for (const Part &part : m_parts) {
        if (part.source != expressions.front() || !part.program)
            continue;
        const Result<Value> strict = (*part.program)->evaluate(context);
        if (strict)
            break;
        error.place = strict.error().place;
        const std::string message = strict.error().message.toStdString();
        error.message += Value(hintOf(message)).toQString();
        return failure(placedWithin(part.position, std::move(error)));
    }
    return failure(placedWithin({}, std::move(error)));
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
    const auto expressions = workflowExpressions(WorkflowLanguage::Jinja, output.text());
    if (!expressions.empty())
        return unresolved(expressions, context);
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
