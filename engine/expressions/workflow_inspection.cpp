#include "engine/expressions/workflow_inspection.h"

#include "engine/expressions/jinja_program.h"
#include "engine/expressions/regex.h"
#include "engine/expressions/yaql_program.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <tuple>

namespace stormglass {

namespace {

void forEachText(const Value &value, const std::function<void(std::string_view)> &take)
{
    if (value.isText())
        take(value.text());
    for (const Value &item : value.isList() ? value.items() : ValueList())
        forEachText(item, take);
    for (const ValueMap::Entry &entry : value.entriesOrNone()) {
        forEachText(entry.key, take);
        forEachText(entry.value, take);
    }
}

class ProblemFinder
{
public:
    void look(std::string_view text)
    {
        const auto yaql = workflowExpressions(WorkflowLanguage::Yaql, text);
        const auto jinja = workflowExpressions(WorkflowLanguage::Jinja, text);
        const bool isJinja = !jinja.empty() || holdsJinjaBlocks(text);
        if (!yaql.empty() && isJinja) {
            problems.push_back({std::nullopt, std::string(text),
                                "Expression with multiple types is not supported."});
            return;
        }
        for (const std::string_view expression : yaql)
            lookAtYaql(expression);
        if (isJinja)
            lookAtJinja(text, jinja);
    }

    std::vector<ExpressionProblem> problems;

private:
    void add(WorkflowLanguage language, std::string_view expression, const Error &error)
    {
        problems.push_back({language, std::string(expression), error.message.toStdString()});
    }

    void lookAtYaql(std::string_view expression)
    {
        const auto program
            = compileYaqlProgram(withoutDelimiters(WorkflowLanguage::Yaql, expression));
        if (!program)
            add(WorkflowLanguage::Yaql, expression, program.error());
    }

    void lookAtJinja(std::string_view text, const std::vector<std::string_view> &expressions)
    {
        std::set<std::string_view> known;
        if (const auto problem = JinjaProgram::syntaxProblem(text)) {
            add(WorkflowLanguage::Jinja, text, *problem);
            known.insert(text);
        }
        for (const std::string_view expression : expressions) {
            const std::string_view inner = withoutDelimiters(WorkflowLanguage::Jinja, expression);
            const auto problem = known.contains(expression)
                ? std::nullopt
                : JinjaProgram::expressionSyntaxProblem(inner);
            if (!problem)
                continue;
            add(WorkflowLanguage::Jinja, expression, *problem);
            known.insert(expression);
        }
    }
};

// Chains that begin with ctx(…), as far as they hold no blanks or operators.
constexpr std::string_view chainPattern
    = R"re(\bctx\(['"]?[][a-zA-Z0-9_'".()]*['"]?\)\.?[][a-zA-Z0-9_'".()]*)re";
constexpr std::array<std::string_view, 4> namePatterns{
    R"re((?<=\bctx\(\)\.)([a-zA-Z0-9_-]+)\b(?!\()\.?)re", R"re((?:\bctx\(([a-zA-Z0-9_-]+)\)))re",
    R"re((?:\bctx\('([a-zA-Z0-9_-]+)'\)))re", R"re((?:\bctx\("([a-zA-Z0-9_-]+)"\)))re"};

// The names in one chain; one each way of writing them.
void addNames(std::string_view chain, std::set<std::string> &names)
{
    for (const std::string_view pattern : namePatterns) {
        const Result<Regex> regex = Regex::cached(pattern);
        const auto match = regex ? regex->search(chain) : Result<std::optional<RegexMatch>>();
        if (match && *match && (*match)->text(1))
            names.emplace(*(*match)->text(1));
    }
}

std::set<std::string> namesIn(WorkflowLanguage language, std::string_view text)
{
    std::set<std::string> names;
    const Result<Regex> chains = Regex::cached(chainPattern);
    for (const std::string_view expression : workflowExpressions(language, text)) {
        const std::string_view inner = withoutDelimiters(language, expression);
        const auto found = chains ? chains->findAll(inner) : Result<std::vector<RegexMatch>>();
        for (const RegexMatch &match : found ? *found : std::vector<RegexMatch>())
            addNames(*match.text(), names);
    }
    return names;
}

} // namespace

std::vector<ExpressionProblem> expressionProblems(const Value &value)
{
    ProblemFinder finder;
    forEachText(value, [&](std::string_view text) { finder.look(text); });
    return std::move(finder.problems);
}

std::vector<ContextReference> contextReferences(const Value &value)
{
    std::set<std::tuple<std::string, std::string, WorkflowLanguage>> found;
    forEachText(value, [&](std::string_view text) {
        for (const WorkflowLanguage language : {WorkflowLanguage::Yaql, WorkflowLanguage::Jinja}) {
            for (const std::string &name : namesIn(language, text))
                found.emplace(name, std::string(text), language);
        }
    });
    std::vector<ContextReference> references;
    for (const auto &[name, text, language] : found)
        references.push_back({language, text, name});
    return references;
}

} // namespace stormglass
