#include "engine/rules/condition.h"

#include "engine/base/python_text.h"
#include "engine/rules/python_errors.h"

#include <algorithm>

namespace stormglass {

namespace {

// How many of several must be true.
enum class Need { Any, All };

struct SearchMode
{
    Need items;
    Need children;
};

std::optional<SearchMode> searchModeFrom(const Value &mode)
{
    if (!mode.isText())
        return std::nullopt;
    const std::string_view name = mode.text();
    if (name == "any")
        return SearchMode{Need::Any, Need::All};
    if (name == "all")
        return SearchMode{Need::All, Need::All};
    if (name == "any2any")
        return SearchMode{Need::Any, Need::Any};
    if (name == "all2any")
        return SearchMode{Need::All, Need::Any};
    return std::nullopt;
}

bool isMet(Need need, std::size_t holding, std::size_t all)
{
    return need == Need::All ? holding == all : holding > 0;
}

// What `search` goes through: a list's items, an object as the one item, the characters of a text.
Result<ValueList> itemsOf(const Value &actual)
{
    if (actual.isMap())
        return ValueList{actual};
    if (actual.isSequence())
        return actual.items();
    if (!actual.isText())
        return typeError(QStringLiteral("'%1' object is not iterable").arg(pythonTypeOf(actual)));
    ValueList characters;
    for (const uint point : actual.toQString().toUcs4()) {
        const char32_t character = point;
        characters.emplace_back(QString::fromUcs4(&character, 1));
    }
    return characters;
}

struct Tally
{
    std::size_t met = 0;
    std::vector<MatchFailure> failures = {};
};

// Every item is asked about every child, whatever the answers: each failure is recorded.
Result<Tally> countItems(const ValueList &items, const Criteria &children, Need need,
                         const Facts &facts)
{
    Tally tally;
    for (const Value &item : items) {
        std::size_t holding = 0;
        for (ConditionAnswer &answer : children.evaluateAll({item, facts.resolver, facts.clock})) {
            if (answer.kind == ConditionAnswer::Kind::Broken)
                return failure(answer.failures.front().error);
            holding += answer.kind == ConditionAnswer::Kind::Holds ? 1 : 0;
            std::move(answer.failures.begin(), answer.failures.end(),
                      std::back_inserter(tally.failures));
        }
        tally.met += isMet(need, holding, children.size()) ? 1 : 0;
    }
    return tally;
}

Result<ConditionAnswer> search(const RuleCondition &condition, const Value &actual,
                               const Value &pattern, const Facts &facts)
{
    if (condition.operatorName != QLatin1String("search"))
        return typeError(QStringLiteral("search() missing 2 required positional arguments"));
    const std::optional<SearchMode> mode = searchModeFrom(condition.searchMode);
    if (!mode)
        return pythonError(
            "UnrecognizedConditionError",
            QStringLiteral(
                "The '%1' condition is not recognized for type search, 'any', 'all', 'any2any' "
                "and 'all2any' are allowed")
                .arg(QString::fromStdString(pythonStr(condition.searchMode))));
    SG_LET(const ValueList items, itemsOf(actual));
    if (!items.empty() && !pattern.isMap())
        return noAttribute(pattern, "items");
    const Criteria children
        = condition.children ? *condition.children : Criteria::compileChildren(pattern);
    SG_LET(Tally tally, countItems(items, children, mode->children, facts));
    ConditionAnswer answer;
    answer.kind = isMet(mode->items, tally.met, items.size()) ? ConditionAnswer::Kind::Holds
                                                              : ConditionAnswer::Kind::Fails;
    answer.failures = std::move(tally.failures);
    return answer;
}

} // namespace

ConditionAnswer searchItems(const RuleCondition &condition, const Value &actual,
                            const Value &pattern, const Facts &facts)
{
    Result<ConditionAnswer> result = search(condition, actual, pattern, facts);
    ConditionAnswer answer;
    if (result) {
        answer = *std::move(result);
    } else {
        answer.kind = ConditionAnswer::Kind::Failed;
        answer.failures.push_back({{}, std::move(result).error()});
    }
    answer.actual = actual;
    answer.expected = pattern;
    return answer;
}

} // namespace stormglass
