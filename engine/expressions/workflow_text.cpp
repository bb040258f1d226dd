#include "engine/expressions/workflow_text.h"

#include "engine/base/python_text.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/orquesta_functions.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/source_places.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/yaql_program.h"

#include <unordered_map>

namespace stormglass {

namespace {

// A text that leads to itself ends here.
constexpr int deepest = 50;
// Bytes. Each expression, and each raw block, has the whole text read again.
constexpr std::size_t mostWork = 256UL * 1024 * 1024;

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
    if (language == WorkflowLanguage::Jinja && !takeRawOut())
        m_blocks
            = Part{m_written,
                   {},
                   pythonError(PythonError::Limit.data(), QStringLiteral("too many raw blocks"))};
    else if (language == WorkflowLanguage::Jinja && holdsJinjaBlocks(m_text))
        m_blocks = wholeAsPart();
    else
        readParts();
}

// False where there are too many.
bool WorkflowText::takeRawOut()
{
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (const std::string_view block : rawJinjaBlocks(m_written)) {
        // The first of blocks that are the same stands for all of them.
        const std::size_t number = numbers.emplace(block, m_raw.size()).first->second;
        m_cuts.push_back({static_cast<std::size_t>(block.data() - m_written.data()),
                          block.size() - ('{' + std::to_string(number) + '}').size()});
        m_raw.emplace_back(block);
    }
    if (m_raw.size() * m_written.size() > mostWork)
        return false;
    for (std::size_t i = 0; i < m_raw.size(); ++i)
        m_text = replaced(m_text, m_raw[i], '{' + std::to_string(i) + '}', -1);
    return true;
}

void WorkflowText::readParts()
{
    SourceCursor written(m_written);
    for (const std::string_view expression : workflowExpressions(m_language, m_text))
        m_parts.push_back(partOf(expression, written));
}

WorkflowText::Part WorkflowText::partOf(std::string_view expression, SourceCursor &written) const
{
    const std::string_view inner = withoutDelimiters(m_language, expression);
    const char *const begin = inner.empty() ? expression.data() : inner.data();
    const auto byte = static_cast<std::size_t>(begin - m_text.data());
    written.skip(writtenAt(byte) - written.offset());
    return {std::string(expression), written.position(), compiled(m_language, expression)};
}

WorkflowText::Part WorkflowText::wholeAsPart() const
{
    return {m_text, {}, JinjaProgram::compile(m_text, orquestaEnvironment())};
}

std::size_t WorkflowText::writtenAt(std::size_t byte) const
{
    std::size_t longer = 0;
    for (const Cut &cut : m_cuts) {
        if (cut.begin >= byte + longer)
            break;
        longer += cut.shorterBy;
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

struct WorkflowText::Run
{
    const WorkflowContext &workflow;
    EvaluationContext context = {};
    std::size_t work = 0;
    Instant begin = SystemClock().instant();
};

// Why no more of the texts may be read or evaluated: each expression has limits of its own, a text
// may hold any number of them.
std::optional<Error> WorkflowText::refused(Run &run, std::size_t bytes) const
{
    run.work += bytes;
    QString message;
    if (bytes > static_cast<std::size_t>(run.workflow.limits.outputBytes))
        message = QStringLiteral("the text becomes too long");
    else if (run.work > mostWork)
        message = QStringLiteral("the text holds too many expressions");
    else if (m_parts.size() > 1 && SystemClock().instant() - run.begin > run.workflow.limits.time)
        message = QStringLiteral("the text takes longer than %1 ms to evaluate")
                      .arg(run.workflow.limits.time.count());
    else
        return std::nullopt;
    return Error{ErrorCode::Invalid, message, QString::fromLatin1(PythonError::Limit.data())};
}

Result<Value> WorkflowText::again(Value result, Run &run, int depth) const
{
    if (!result.isText() || !run.workflow.evaluatesResults)
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
        inner.readParts();
    Result<Value> value = inner.expanded(run, depth + 1);
    // It stands in no template: what brought it is to be mended.
    if (!value)
        value.error().place.clear();
    return value && result.isSecret() ? value->markedSecret() : value;
}

// The value that a lone expression has, or null with the text changed.
Result<Value> WorkflowText::substituted(const Part &part, Run &run, int depth,
                                        std::string &text) const
{
    if (!part.program)
        return wrapped(part.program.error(), part);
    const bool isAlone = m_parts.size() == 1 && text.size() <= part.source.size();
    const auto form = isAlone ? ExpressionForm::Typed : ExpressionForm::Text;
    const Result<ExpressionValue> result = (*part.program)->evaluateTyped(run.context, form);
    if (!result)
        return wrapped(result.error(), part);
    if (result->isUndefined)
        return Value(text);
    Result<Value> value
        = result->isText ? again(result->value, run, depth) : Result<Value>(result->value);
    if (!value)
        return wrapped(value.error(), part);
    if (isAlone)
        return value;
    const std::string shown = pythonStr(*value);
    const auto times = static_cast<std::size_t>(occurrences(text, part.source));
    if (const auto refusal = refused(run, text.size() + times * shown.size()))
        return wrapped(*refusal, part);
    text = replaced(text, part.source, shown, -1);
    return value->isSecret() ? Value(text).markedSecret() : Value(text);
}

Result<Value> WorkflowText::expandedBlocks(Run &run, int depth) const
{
    const Result<Value> text = m_blocks->program ? (*m_blocks->program)->evaluate(run.context)
                                                 : failure(m_blocks->program.error());
    if (!text) {
        Error error = text.error();
        const std::size_t byte = byteAt(m_text, readPlace(error.place));
        error.place = placeText(positionAt(m_written, writtenAt(byte)));
        return wrapped(std::move(error), *m_blocks);
    }
    Result<Value> value = again(*text, run, depth);
    return value ? value : wrapped(value.error(), *m_blocks);
}

Result<Value> WorkflowText::expanded(Run &run, int depth) const
{
    if (depth > deepest)
        return pythonError("RecursionError", QStringLiteral("maximum recursion depth exceeded"));
    if (m_blocks)
        return expandedBlocks(run, depth);
    std::string text = m_text;
    Value whole(text);
    bool isSecret = false;
    for (const Part &part : m_parts) {
        SG_LET(whole, substituted(part, run, depth, text));
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
    Run run{workflow};
    EvaluationContext &context = run.context;
    context.variables = workflowVariables(workflow.data);
    context.resolver = workflow.resolver;
    context.clock = workflow.clock;
    context.limits = workflow.limits;
    SG_LET(Value output, expanded(run, 0));
    if (m_language == WorkflowLanguage::Yaql || !output.isText())
        return output;
    const auto expressions = workflowExpressions(WorkflowLanguage::Jinja, output.text());
    if (!expressions.empty())
        return unresolved(expressions, context);
    if (m_raw.empty())
        return output;
    std::string text(output.text());
    if (m_raw.size() * text.size() > mostWork)
        return pythonError(PythonError::Limit.data(), QStringLiteral("too many raw blocks"));
    for (std::size_t i = 0; i < m_raw.size(); ++i)
        text = replaced(text, '{' + std::to_string(i) + '}', m_raw[i], -1);
    SG_LET(const auto program, JinjaProgram::compile(text, orquestaEnvironment()));
    SG_LET(Value rendered, program->evaluate(context));
    return output.isSecret() ? rendered.markedSecret() : rendered;
}

} // namespace stormglass
