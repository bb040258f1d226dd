#include "engine/rules/operators.h"

#include "engine/expressions/text_case.h"
#include "engine/rules/date_reading.h"
#include "engine/rules/python_errors.h"
#include "engine/rules/python_order.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Preparation = CriteriaPattern::Preparation;

bool isMember(const ValueList &items, const Value &member)
{
    return std::any_of(items.begin(), items.end(),
                       [&](const Value &item) { return Value::pythonEqual(item, member); });
}

// Python's `member in container`.
Result<bool> isIn(const Value &member, const Value &container)
{
    switch (container.kind()) {
    case Value::Kind::Text:
        if (!member.isText())
            return typeError(QStringLiteral("'in <string>' requires string as left operand, not %1")
                                 .arg(pythonTypeOf(member)));
        return container.text().find(member.text()) != std::string_view::npos;
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return isMember(container.items(), member);
    case Value::Kind::Map:
    case Value::Kind::Set:
        if (!isPythonHashable(member))
            return typeError(QStringLiteral("unhashable type: '%1'").arg(pythonTypeOf(member)));
        return container.isMap() ? container.entries().find(member) != nullptr
                                 : container.members().contains(member);
    default:
        return typeError(
            QStringLiteral("argument of type '%1' is not iterable").arg(pythonTypeOf(container)));
    }
}

Result<bool> negated(Result<bool> result)
{
    return result ? Result<bool>(!*result) : result;
}

// Asks about the payload's value, as text if it is bytes.
template <typename Question>
Result<bool> decoded(const Value &actual, Question question)
{
    if (!actual.isBytes()) [[likely]]
        return question(actual);
    SG_LET(const Value text, decodedText(actual));
    return question(text);
}

Result<bool> equals(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    return decoded(actual,
                   [&](const Value &value) { return Value::pythonEqual(value, pattern.value()); });
}

Result<bool> notEquals(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    return decoded(actual,
                   [&](const Value &value) { return !Value::pythonEqual(value, pattern.value()); });
}

// Asks about both sides in lower case.
template <typename Relation>
Result<bool> lowered(const Value &actual, const CriteriaPattern &pattern, Relation relation)
{
    if (pattern.value().isNull())
        return false;
    return decoded(actual, [&](const Value &text) -> Result<bool> {
        if (!text.isText())
            return noAttribute(text, "lower");
        if (!pattern.lowered())
            return failure(pattern.lowered().error());
        return relation(lowerCase(text.text()), *pattern.lowered());
    });
}

Result<bool> iEquals(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    return lowered(actual, pattern, [](const std::string &text, const std::string &wanted) {
        return text == wanted;
    });
}

Result<bool> contains(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    return decoded(actual,
                   [&](const Value &container) { return isIn(pattern.value(), container); });
}

Result<bool> notContains(const Value &actual, const CriteriaPattern &pattern, const Clock &clock)
{
    return pattern.value().isNull() ? Result<bool>(false)
                                    : negated(contains(actual, pattern, clock));
}

bool isPart(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

// The pattern's side is asked for its lower case first here.
Result<bool> iContains(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (!pattern.value().isNull() && !pattern.lowered())
        return failure(pattern.lowered().error());
    return lowered(actual, pattern, isPart);
}

Result<bool> iNotContains(const Value &actual, const CriteriaPattern &pattern, const Clock &clock)
{
    return pattern.value().isNull() ? Result<bool>(false)
                                    : negated(iContains(actual, pattern, clock));
}

// Asks about the text as it is.
template <typename Relation>
Result<bool> affix(const Value &actual, const CriteriaPattern &pattern, const char *method,
                   Relation relation)
{
    if (pattern.value().isNull())
        return false;
    return decoded(actual, [&](const Value &text) -> Result<bool> {
        if (!text.isText())
            return noAttribute(text, method);
        if (!pattern.value().isText())
            return typeError(QStringLiteral("%1 first arg must be str or a tuple of str, not %2")
                                 .arg(QLatin1String(method), pythonTypeOf(pattern.value())));
        return relation(text.text(), pattern.value().text());
    });
}

bool isPrefix(std::string_view text, std::string_view prefix)
{
    return text.starts_with(prefix);
}

bool isSuffix(std::string_view text, std::string_view suffix)
{
    return text.ends_with(suffix);
}

Result<bool> startsWith(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    return affix(actual, pattern, "startswith", isPrefix);
}

Result<bool> endsWith(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    return affix(actual, pattern, "endswith", isSuffix);
}

Result<bool> iStartsWith(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    return lowered(actual, pattern, isPrefix);
}

Result<bool> iEndsWith(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    return lowered(actual, pattern, isSuffix);
}

Result<bool> lessThan(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const std::partial_ordering order, pythonOrder(actual, pattern.value(), '<'));
    return order == std::partial_ordering::less;
}

Result<bool> greaterThan(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const std::partial_ordering order, pythonOrder(actual, pattern.value(), '>'));
    return order == std::partial_ordering::greater;
}

// Seconds from the moment the payload names until now; negative if it is yet to come.
Result<double> secondsSince(const Value &actual, const Clock &clock)
{
    const Timestamp now = clock.now();
    SG_LET(const Timestamp then, dateFromValue(actual, now));
    return static_cast<double>((now - then).count()) / 1e6;
}

Result<bool> timediffLess(const Value &actual, const CriteriaPattern &pattern, const Clock &clock)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const double seconds, secondsSince(actual, clock));
    SG_LET(const double limit, pattern.seconds());
    return seconds < limit;
}

Result<bool> timediffGreater(const Value &actual, const CriteriaPattern &pattern,
                             const Clock &clock)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const double seconds, secondsSince(actual, clock));
    SG_LET(const double limit, pattern.seconds());
    return seconds > limit;
}

Result<bool> exists(const Value &actual, const CriteriaPattern &, const Clock &)
{
    return !actual.isNull();
}

Result<bool> notExists(const Value &actual, const CriteriaPattern &, const Clock &)
{
    return actual.isNull();
}

Result<bool> inside(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    return decoded(actual, [&](const Value &member) { return isIn(member, pattern.value()); });
}

Result<bool> notInside(const Value &actual, const CriteriaPattern &pattern, const Clock &clock)
{
    return pattern.value().isNull() ? Result<bool>(false) : negated(inside(actual, pattern, clock));
}

Result<bool> matchWildcard(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    return decoded(actual, [&](const Value &text) -> Result<bool> {
        if (!text.isText())
            return typeError(QStringLiteral("expected str, bytes or os.PathLike object, not %1")
                                 .arg(pythonTypeOf(text)));
        if (!pattern.wildcard())
            return failure(pattern.wildcard().error());
        return pattern.wildcard()->matches(text.text());
    });
}

Result<bool> matchRegex(const Value &actual, const CriteriaPattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    return decoded(actual, [&](const Value &text) -> Result<bool> {
        if (!pattern.regex())
            return failure(pattern.regex().error());
        if (!text.isText())
            return typeError(QStringLiteral("expected string or bytes-like object, got '%1'")
                                 .arg(pythonTypeOf(text)));
        return pattern.regex()->matches(text.text());
    });
}

constexpr std::array operators{
    CriteriaOperatorEntry{"matchwildcard", CriteriaOperator::MatchWildcard, Preparation::Wildcard,
                          matchWildcard},
    CriteriaOperatorEntry{"matchregex", CriteriaOperator::MatchRegex, Preparation::MatchRegex,
                          matchRegex},
    CriteriaOperatorEntry{"regex", CriteriaOperator::Regex, Preparation::Regex, matchRegex},
    CriteriaOperatorEntry{"iregex", CriteriaOperator::IRegex, Preparation::IRegex, matchRegex},
    CriteriaOperatorEntry{"eq", CriteriaOperator::Equals, Preparation::Text, equals},
    CriteriaOperatorEntry{"equals", CriteriaOperator::Equals, Preparation::Text, equals},
    CriteriaOperatorEntry{"nequals", CriteriaOperator::NotEquals, Preparation::Text, notEquals},
    CriteriaOperatorEntry{"neq", CriteriaOperator::NotEquals, Preparation::Text, notEquals},
    CriteriaOperatorEntry{"ieq", CriteriaOperator::IEquals, Preparation::Lower, iEquals},
    CriteriaOperatorEntry{"iequals", CriteriaOperator::IEquals, Preparation::Lower, iEquals},
    CriteriaOperatorEntry{"contains", CriteriaOperator::Contains, Preparation::Text, contains},
    CriteriaOperatorEntry{"icontains", CriteriaOperator::IContains, Preparation::Lower, iContains},
    CriteriaOperatorEntry{"ncontains", CriteriaOperator::NContains, Preparation::Text, notContains},
    CriteriaOperatorEntry{"incontains", CriteriaOperator::INContains, Preparation::Lower,
                          iNotContains},
    CriteriaOperatorEntry{"startswith", CriteriaOperator::StartsWith, Preparation::Text,
                          startsWith},
    CriteriaOperatorEntry{"istartswith", CriteriaOperator::IStartsWith, Preparation::Lower,
                          iStartsWith},
    CriteriaOperatorEntry{"endswith", CriteriaOperator::EndsWith, Preparation::Text, endsWith},
    CriteriaOperatorEntry{"iendswith", CriteriaOperator::IEndsWith, Preparation::Lower, iEndsWith},
    CriteriaOperatorEntry{"lt", CriteriaOperator::LessThan, Preparation::AsIs, lessThan},
    CriteriaOperatorEntry{"lessthan", CriteriaOperator::LessThan, Preparation::AsIs, lessThan},
    CriteriaOperatorEntry{"gt", CriteriaOperator::GreaterThan, Preparation::AsIs, greaterThan},
    CriteriaOperatorEntry{"greaterthan", CriteriaOperator::GreaterThan, Preparation::AsIs,
                          greaterThan},
    CriteriaOperatorEntry{"td_lt", CriteriaOperator::TimediffLess, Preparation::Seconds,
                          timediffLess},
    CriteriaOperatorEntry{"timediff_lt", CriteriaOperator::TimediffLess, Preparation::Seconds,
                          timediffLess},
    CriteriaOperatorEntry{"td_gt", CriteriaOperator::TimediffGreater, Preparation::Seconds,
                          timediffGreater},
    CriteriaOperatorEntry{"timediff_gt", CriteriaOperator::TimediffGreater, Preparation::Seconds,
                          timediffGreater},
    CriteriaOperatorEntry{"exists", CriteriaOperator::Exists, Preparation::AsIs, exists},
    CriteriaOperatorEntry{"nexists", CriteriaOperator::NotExists, Preparation::AsIs, notExists},
    CriteriaOperatorEntry{"inside", CriteriaOperator::Inside, Preparation::Text, inside},
    CriteriaOperatorEntry{"in", CriteriaOperator::Inside, Preparation::Text, inside},
    CriteriaOperatorEntry{"ninside", CriteriaOperator::NotInside, Preparation::Text, notInside},
    CriteriaOperatorEntry{"nin", CriteriaOperator::NotInside, Preparation::Text, notInside},
    CriteriaOperatorEntry{"search", CriteriaOperator::Search, Preparation::AsIs, nullptr},
};

} // namespace

const CriteriaOperatorEntry *findOperator(std::string_view name)
{
    const std::string wanted = lowerCase(name);
    const auto *found
        = std::find_if(operators.begin(), operators.end(),
                       [&](const CriteriaOperatorEntry &entry) { return entry.name == wanted; });
    return found == operators.end() ? nullptr : found;
}

const QStringList &operatorNames()
{
    static const QStringList names = [] {
        QStringList all;
        for (const CriteriaOperatorEntry &entry : operators)
            all.append(
                QString::fromUtf8(entry.name.data(), static_cast<qsizetype>(entry.name.size())));
        return all;
    }();
    return names;
}

Result<bool> operatorHolds(std::string_view operatorName, const Value &actual, const Value &pattern,
                           const Clock &clock)
{
    const CriteriaOperatorEntry *entry = findOperator(operatorName);
    if (!entry || !entry->apply)
        return pythonError("Exception",
                           QStringLiteral("Invalid operator: %1")
                               .arg(QString::fromStdString(lowerCase(operatorName))));
    return entry->apply(actual, CriteriaPattern(pattern, entry->preparation), clock);
}

} // namespace stormglass
