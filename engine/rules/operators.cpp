#include "engine/rules/operators.h"

#include "engine/rules/date_reading.h"
#include "engine/rules/python_errors.h"
#include "engine/rules/python_order.h"
#include "engine/rules/python_text_case.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Preparation = Pattern::Preparation;

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

// For operators on text: the payload's value as text, or Python's complaint that it has no such
// method.
Result<Value> textWith(const Value &actual, const char *method)
{
    SG_LET(Value text, asText(actual));
    if (!text.isText())
        return noAttribute(text, method);
    return text;
}

Result<bool> equals(const Value &actual, const Pattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    if (!actual.isBytes()) [[likely]]
        return Value::pythonEqual(actual, pattern.value());
    SG_LET(const Value text, asText(actual));
    return Value::pythonEqual(text, pattern.value());
}

Result<bool> notEquals(const Value &actual, const Pattern &pattern, const Clock &)
{
    SG_LET(const Value text, asText(actual));
    return !Value::pythonEqual(text, pattern.value());
}

// Asks about both sides in lower case.
template <typename Relation>
Result<bool> lowered(const Value &actual, const Pattern &pattern, Relation relation)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const Value text, textWith(actual, "lower"));
    if (!pattern.lowered())
        return failure(pattern.lowered().error());
    return relation(pythonLower(text.text()), *pattern.lowered());
}

Result<bool> iEquals(const Value &actual, const Pattern &pattern, const Clock &)
{
    return lowered(actual, pattern, [](const std::string &text, const std::string &wanted) {
        return text == wanted;
    });
}

Result<bool> contains(const Value &actual, const Pattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const Value container, asText(actual));
    return isIn(pattern.value(), container);
}

Result<bool> notContains(const Value &actual, const Pattern &pattern, const Clock &clock)
{
    return pattern.value().isNull() ? Result<bool>(false)
                                    : negated(contains(actual, pattern, clock));
}

bool isPart(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

// The pattern's side is asked for its lower case first here.
Result<bool> iContains(const Value &actual, const Pattern &pattern, const Clock &)
{
    if (!pattern.value().isNull() && !pattern.lowered())
        return failure(pattern.lowered().error());
    return lowered(actual, pattern, isPart);
}

Result<bool> iNotContains(const Value &actual, const Pattern &pattern, const Clock &clock)
{
    return pattern.value().isNull() ? Result<bool>(false)
                                    : negated(iContains(actual, pattern, clock));
}

// Asks about the text as it is.
template <typename Relation>
Result<bool> affix(const Value &actual, const Pattern &pattern, const char *method,
                   Relation relation)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const Value text, textWith(actual, method));
    if (!pattern.value().isText())
        return typeError(QStringLiteral("%1 first arg must be str or a tuple of str, not %2")
                             .arg(QLatin1String(method), pythonTypeOf(pattern.value())));
    return relation(text.text(), pattern.value().text());
}

bool isPrefix(std::string_view text, std::string_view prefix)
{
    return text.starts_with(prefix);
}

bool isSuffix(std::string_view text, std::string_view suffix)
{
    return text.ends_with(suffix);
}

Result<bool> startsWith(const Value &actual, const Pattern &pattern, const Clock &)
{
    return affix(actual, pattern, "startswith", isPrefix);
}

Result<bool> endsWith(const Value &actual, const Pattern &pattern, const Clock &)
{
    return affix(actual, pattern, "endswith", isSuffix);
}

Result<bool> iStartsWith(const Value &actual, const Pattern &pattern, const Clock &)
{
    return lowered(actual, pattern, isPrefix);
}

Result<bool> iEndsWith(const Value &actual, const Pattern &pattern, const Clock &)
{
    return lowered(actual, pattern, isSuffix);
}

Result<bool> lessThan(const Value &actual, const Pattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const std::partial_ordering order, pythonOrder(actual, pattern.value(), '<'));
    return order == std::partial_ordering::less;
}

Result<bool> greaterThan(const Value &actual, const Pattern &pattern, const Clock &)
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

Result<bool> timediffLess(const Value &actual, const Pattern &pattern, const Clock &clock)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const double seconds, secondsSince(actual, clock));
    SG_LET(const double limit, pattern.seconds());
    return seconds < limit;
}

Result<bool> timediffGreater(const Value &actual, const Pattern &pattern, const Clock &clock)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const double seconds, secondsSince(actual, clock));
    SG_LET(const double limit, pattern.seconds());
    return seconds > limit;
}

Result<bool> exists(const Value &actual, const Pattern &, const Clock &)
{
    return !actual.isNull();
}

Result<bool> notExists(const Value &actual, const Pattern &, const Clock &)
{
    return actual.isNull();
}

Result<bool> inside(const Value &actual, const Pattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const Value member, asText(actual));
    return isIn(member, pattern.value());
}

Result<bool> notInside(const Value &actual, const Pattern &pattern, const Clock &clock)
{
    return pattern.value().isNull() ? Result<bool>(false) : negated(inside(actual, pattern, clock));
}

Result<bool> matchWildcard(const Value &actual, const Pattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const Value text, asText(actual));
    if (!text.isText())
        return typeError(QStringLiteral("expected str, bytes or os.PathLike object, not %1")
                             .arg(pythonTypeOf(text)));
    if (!pattern.wildcard())
        return failure(pattern.wildcard().error());
    return pattern.wildcard()->matches(text.text());
}

Result<bool> matchRegex(const Value &actual, const Pattern &pattern, const Clock &)
{
    if (pattern.value().isNull())
        return false;
    SG_LET(const Value text, asText(actual));
    if (!pattern.regex())
        return failure(pattern.regex().error());
    if (!text.isText())
        return typeError(QStringLiteral("expected string or bytes-like object, got '%1'")
                             .arg(pythonTypeOf(text)));
    return pattern.regex()->matches(text.text());
}

constexpr std::array operators{
    OperatorEntry{"matchwildcard", Operator::MatchWildcard, Preparation::Wildcard, matchWildcard},
    OperatorEntry{"matchregex", Operator::MatchRegex, Preparation::MatchRegex, matchRegex},
    OperatorEntry{"regex", Operator::Regex, Preparation::Regex, matchRegex},
    OperatorEntry{"iregex", Operator::IRegex, Preparation::IRegex, matchRegex},
    OperatorEntry{"eq", Operator::Equals, Preparation::None, equals},
    OperatorEntry{"equals", Operator::Equals, Preparation::None, equals},
    OperatorEntry{"nequals", Operator::NotEquals, Preparation::None, notEquals},
    OperatorEntry{"neq", Operator::NotEquals, Preparation::None, notEquals},
    OperatorEntry{"ieq", Operator::IEquals, Preparation::Lower, iEquals},
    OperatorEntry{"iequals", Operator::IEquals, Preparation::Lower, iEquals},
    OperatorEntry{"contains", Operator::Contains, Preparation::None, contains},
    OperatorEntry{"icontains", Operator::IContains, Preparation::Lower, iContains},
    OperatorEntry{"ncontains", Operator::NContains, Preparation::None, notContains},
    OperatorEntry{"incontains", Operator::INContains, Preparation::Lower, iNotContains},
    OperatorEntry{"startswith", Operator::StartsWith, Preparation::None, startsWith},
    OperatorEntry{"istartswith", Operator::IStartsWith, Preparation::Lower, iStartsWith},
    OperatorEntry{"endswith", Operator::EndsWith, Preparation::None, endsWith},
    OperatorEntry{"iendswith", Operator::IEndsWith, Preparation::Lower, iEndsWith},
    OperatorEntry{"lt", Operator::LessThan, Preparation::None, lessThan},
    OperatorEntry{"lessthan", Operator::LessThan, Preparation::None, lessThan},
    OperatorEntry{"gt", Operator::GreaterThan, Preparation::None, greaterThan},
    OperatorEntry{"greaterthan", Operator::GreaterThan, Preparation::None, greaterThan},
    OperatorEntry{"td_lt", Operator::TimediffLess, Preparation::Seconds, timediffLess},
    OperatorEntry{"timediff_lt", Operator::TimediffLess, Preparation::Seconds, timediffLess},
    OperatorEntry{"td_gt", Operator::TimediffGreater, Preparation::Seconds, timediffGreater},
    OperatorEntry{"timediff_gt", Operator::TimediffGreater, Preparation::Seconds, timediffGreater},
    OperatorEntry{"exists", Operator::Exists, Preparation::None, exists},
    OperatorEntry{"nexists", Operator::NotExists, Preparation::None, notExists},
    OperatorEntry{"inside", Operator::Inside, Preparation::None, inside},
    OperatorEntry{"in", Operator::Inside, Preparation::None, inside},
    OperatorEntry{"ninside", Operator::NotInside, Preparation::None, notInside},
    OperatorEntry{"nin", Operator::NotInside, Preparation::None, notInside},
    OperatorEntry{"search", Operator::Search, Preparation::None, nullptr},
};

} // namespace

const OperatorEntry *findOperator(std::string_view name)
{
    const std::string wanted = pythonLower(name);
    const auto *found
        = std::find_if(operators.begin(), operators.end(),
                       [&](const OperatorEntry &entry) { return entry.name == wanted; });
    return found == operators.end() ? nullptr : found;
}

const QStringList &operatorNames()
{
    static const QStringList names = [] {
        QStringList all;
        for (const OperatorEntry &entry : operators)
            all.append(
                QString::fromUtf8(entry.name.data(), static_cast<qsizetype>(entry.name.size())));
        return all;
    }();
    return names;
}

Result<bool> holds(std::string_view operatorName, const Value &actual, const Value &pattern,
                   const Clock &clock)
{
    const OperatorEntry *entry = findOperator(operatorName);
    if (!entry || !entry->apply)
        return pythonError("Exception",
                           QStringLiteral("Invalid operator: %1")
                               .arg(QString::fromStdString(pythonLower(operatorName))));
    return entry->apply(actual, Pattern(pattern, entry->preparation), clock);
}

} // namespace stormglass
