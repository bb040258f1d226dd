#include "engine/expressions/yaql_program.h"

#include "engine/base/utf8.h"
#include "engine/expressions/source_places.h"
#include "engine/expressions/yaql_evaluation.h"
#include "engine/expressions/yaql_lexer.h"
#include "engine/expressions/yaql_objects.h"
#include "engine/expressions/yaql_parser.h"

namespace stormglass {

namespace {

constexpr qsizetype longestSource = 1024 * 1024;

class YaqlProgram final : public Program
{
public:
    explicit YaqlProgram(YaqlNodePtr root)
        : m_root(std::move(root))
    {
    }

    Result<Value> evaluate(const EvaluationContext &context) const override
    {
        YaqlEvaluation evaluation(context);
        Value result = m_root->evaluate(evaluation);
        if (!evaluation.failed())
            result = yaqlOutput(evaluation, result);
        if (evaluation.failed())
            return failure(evaluation.error());
        return evaluation.tainted(std::move(result));
    }

    Result<ExpressionValue> evaluateTyped(const EvaluationContext &context,
                                          ExpressionForm) const override
    {
        SG_LET(Value value, evaluate(context));
        const bool isText = value.isText();
        return ExpressionValue{std::move(value), isText, false};
    }

    bool isTemplate() const override { return true; }
    void visit(NodeVisitor &visitor) const override { m_root->visit(visitor); }

private:
    const YaqlNodePtr m_root;
};

} // namespace

Result<std::shared_ptr<const Program>> compileYaqlProgram(std::string_view source)
{
    if (source.size() > longestSource)
        return yaqlRefusal("YaqlGrammarException",
                           QStringLiteral("an expression of %1 bytes is too long: %2 are allowed")
                               .arg(static_cast<qulonglong>(source.size()))
                               .arg(longestSource),
                           {});
    if (!isUtf8(source))
        return yaqlRefusal("YaqlLexicalException",
                           QStringLiteral("an expression must be UTF-8 text"),
                           positionOfBadUtf8(source));
    SG_LET(YaqlNodePtr root, parseYaql(source));
    return std::shared_ptr<const Program>(std::make_shared<const YaqlProgram>(std::move(root)));
}

} // namespace stormglass
