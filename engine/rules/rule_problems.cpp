#include "engine/rules/rule_problems.h"

#include "engine/base/python_text.h"
#include "engine/rules/condition.h"
#include "engine/rules/near_operators.h"

#include <algorithm>

namespace stormglass {

namespace {

using Severity = RuleProblem::Severity;

constexpr int maxSearchDepth = 10;

QString textOf(const Value &value)
{
    return QString::fromStdString(pythonStr(value));
}

// Collects the problems of criteria, and of those within a `search`.
class CriteriaReview
{
public:
    void review(const Value &criteria, const QString &place, std::string_view prefix, int depth)
    {
        for (const ValueMap::Entry &entry : criteria.entriesOrNone()) {
            const Entry written{textOf(entry.key),
                                QStringLiteral("%1[\"%2\"]").arg(place, textOf(entry.key)),
                                depth > 0};
            reviewEntry(written, entry, prefix, depth);
        }
    }

    std::vector<RuleProblem> found() && { return std::move(m_found); }

private:
    struct Entry
    {
        QString key;
        QString place;
        // StackStorm looks at the children of a `search` only when they are asked.
        bool isChild = false;

        Severity worst() const { return isChild ? Severity::Warning : Severity::Error; }
    };

    void add(Severity severity, const QString &place, const QString &message,
             const QStringList &suggestions = {})
    {
        m_found.push_back({severity, place, message, suggestions});
    }

    void reviewEntry(const Entry &written, const ValueMap::Entry &entry, std::string_view prefix,
                     int depth)
    {
        if (!entry.value.isMap()) {
            add(written.worst(), written.place,
                QStringLiteral("For field: %1, a mapping with type and pattern is needed")
                    .arg(written.key));
            return;
        }
        const RuleCondition condition = compileCondition(entry.key, entry.value, prefix);
        reviewKey(written, condition, prefix);
        reviewOperator(written, condition, entry.value["type"]);
        reviewPattern(written, condition);
        if (condition.entry && condition.entry->meaning == CriteriaOperator::Search)
            reviewSearch(written, condition, depth);
    }

    void reviewKey(const Entry &written, const RuleCondition &condition, std::string_view prefix)
    {
        if (!condition.path) {
            add(Severity::Warning, written.place,
                QStringLiteral("%1 is not a path that can be read: %2")
                    .arg(written.key, condition.path.error().message));
            return;
        }
        const std::vector<std::string> &names = condition.path->names();
        const bool leadsNowhere = !names.empty() && names[0] != prefix && names[0] != "system"
            && names[0] != "st2kv.system";
        if (leadsNowhere) {
            const QString start
                = QString::fromUtf8(prefix.data(), static_cast<qsizetype>(prefix.size()));
            add(Severity::Warning, written.place,
                QStringLiteral("%1 leads nowhere: a key begins with %2").arg(written.key, start),
                {start + QLatin1Char('.') + written.key});
        }
    }

    void reviewOperator(const Entry &written, const RuleCondition &condition, const Value &type)
    {
        const QString place = written.place + QStringLiteral(".type");
        if (type.isNull()) {
            add(written.worst(), place,
                QStringLiteral("Operator not specified for field: %1").arg(written.key));
            return;
        }
        // Rules are matched without regard to case, but saved only in lower case.
        const bool isKnown = condition.entry && operatorNames().contains(condition.operatorName);
        if (isKnown || (condition.entry && written.isChild))
            return;
        add(written.worst(), place,
            QStringLiteral("For field: %1, operator %2 not in list of allowed operators: %3")
                .arg(written.key, condition.operatorName,
                     operatorNames().join(QLatin1String(", "))),
            nearOperators(condition.operatorName));
    }

    void reviewPattern(const Entry &written, const RuleCondition &condition)
    {
        const QString place = written.place + QStringLiteral(".pattern");
        if (condition.source.isNull()) {
            if (!written.isChild && condition.hasOperator)
                add(Severity::Error, place,
                    QStringLiteral("For field: %1, no pattern specified for operator %2")
                        .arg(written.key, condition.operatorName));
            return;
        }
        if (const auto problem = condition.rendered ? condition.rendered->problem() : std::nullopt)
            add(Severity::Warning, place,
                QStringLiteral("The pattern is no template that can be read: %1")
                    .arg(problem->message));
        if (const auto problem = condition.constant ? condition.constant->problem() : std::nullopt)
            add(Severity::Warning, place,
                QStringLiteral("%1 cannot work with this pattern: %2")
                    .arg(condition.operatorName, problem->message));
    }

    void reviewSearch(const Entry &written, const RuleCondition &condition, int depth)
    {
        const QStringList modes{QStringLiteral("any"), QStringLiteral("all"),
                                QStringLiteral("any2any"), QStringLiteral("all2any")};
        const bool isKnown
            = condition.searchMode.isText() && modes.contains(condition.searchMode.toQString());
        if (!isKnown)
            add(Severity::Warning, written.place + QStringLiteral(".condition"),
                QStringLiteral("search needs a condition: any, all, any2any or all2any"), modes);
        if (condition.source.isMap() && depth < maxSearchDepth)
            review(condition.source, written.place + QStringLiteral(".pattern"), "item", depth + 1);
        else if (!condition.rendered)
            add(Severity::Warning, written.place + QStringLiteral(".pattern"),
                QStringLiteral(
                    "search needs a mapping of conditions on item, not nested too deeply"));
    }

    std::vector<RuleProblem> m_found;
};

void addTemplateProblems(const Value &value, const QString &place, int depth,
                         std::vector<RuleProblem> &problems)
{
    constexpr int maxDepth = 50;
    if (depth > maxDepth)
        return;
    if (value.isText()) {
        const Result<Expression> compiled = Expression::compile(value.text(), Language::Jinja);
        if (!compiled)
            problems.push_back(
                {Severity::Warning,
                 place,
                 QStringLiteral(
                     "This is no template that can be read, so it is handed on as it is: %1")
                     .arg(compiled.error().message),
                 {}});
    }
    const ValueList &items = value.itemsOrNone();
    for (std::size_t i = 0; i < items.size(); ++i)
        addTemplateProblems(items[i], QStringLiteral("%1[%2]").arg(place).arg(i), depth + 1,
                            problems);
    for (const ValueMap::Entry &entry : value.entriesOrNone())
        addTemplateProblems(entry.value, QStringLiteral("%1.%2").arg(place, textOf(entry.key)),
                            depth + 1, problems);
}

} // namespace

std::vector<RuleProblem> criteriaProblems(const Value &criteria)
{
    if (!criteria.isMap() && !criteria.isNull())
        return {{Severity::Error,
                 QStringLiteral("criteria"),
                 QStringLiteral("Criteria should be a dict."),
                 {}}};
    CriteriaReview review;
    review.review(criteria, QStringLiteral("criteria"), "trigger", 0);
    return std::move(review).found();
}

std::vector<RuleProblem> ruleProblems(const Rule &rule)
{
    std::vector<RuleProblem> problems = criteriaProblems(rule.criteria);
    if (rule.type != QLatin1String("standard") && rule.type != QLatin1String("backstop"))
        problems.push_back({Severity::Error,
                            QStringLiteral("type.ref"),
                            QStringLiteral("%1 is no type of rule").arg(rule.type),
                            {QStringLiteral("standard"), QStringLiteral("backstop")}});
    addTemplateProblems(rule.actionParameters, QStringLiteral("action.parameters"), 0, problems);
    return problems;
}

std::optional<Error> refusalFrom(const std::vector<RuleProblem> &problems)
{
    const auto worst
        = std::find_if(problems.begin(), problems.end(), [](const RuleProblem &problem) {
              return problem.severity == Severity::Error;
          });
    if (worst == problems.end())
        return std::nullopt;
    QString message = worst->message;
    if (!worst->suggestions.isEmpty())
        message += QStringLiteral(" (did you mean %1?)")
                       .arg(worst->suggestions.join(QLatin1String(", ")));
    return Error{ErrorCode::Invalid, message, QStringLiteral("ValueValidationException"),
                 worst->place};
}

} // namespace stormglass
