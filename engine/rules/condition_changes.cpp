#include "engine/rules/condition_changes.h"

#include "engine/base/number_text.h"
#include "engine/base/python_text.h"
#include "engine/rules/date_reading.h"
#include "engine/rules/nearby_keys.h"

#include <algorithm>
#include <cmath>

namespace stormglass {

namespace {

using Changes = std::vector<SuggestedChange>;

// What is known while suggestions are collected.
struct Miss
{
    const RuleCondition &condition;
    const Value &actual;
    const Value &expected;
    Changes changes = {};

    CriteriaOperator meaning() const { return condition.entry->meaning; }
    void add(const char *operatorName, const Value &pattern, const QString &why = {})
    {
        changes.push_back({{condition.key, QString::fromLatin1(operatorName), pattern}, why});
    }
    void addPattern(const Value &pattern, const QString &why = {})
    {
        changes.push_back({{condition.key, condition.operatorName, pattern}, why});
    }
};

// The same question without regard to case.
const char *ignoringCase(CriteriaOperator meaning)
{
    switch (meaning) {
    case CriteriaOperator::Equals:
        return "iequals";
    case CriteriaOperator::Contains:
        return "icontains";
    case CriteriaOperator::StartsWith:
        return "istartswith";
    case CriteriaOperator::EndsWith:
        return "iendswith";
    case CriteriaOperator::Regex:
    case CriteriaOperator::MatchRegex:
        return "iregex";
    default:
        return nullptr;
    }
}

const char *opposite(CriteriaOperator meaning)
{
    switch (meaning) {
    case CriteriaOperator::NotEquals:
        return "equals";
    case CriteriaOperator::NContains:
        return "contains";
    case CriteriaOperator::INContains:
        return "icontains";
    case CriteriaOperator::NotInside:
        return "inside";
    case CriteriaOperator::Exists:
        return "nexists";
    case CriteriaOperator::NotExists:
        return "exists";
    default:
        return nullptr;
    }
}

std::string trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos
        ? std::string()
        : std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

std::string escapedRegex(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos)
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

// What comes first in a text, up to and with its first separator: `db-` of `db-07`.
std::string_view leadingWord(std::string_view text)
{
    constexpr std::size_t longest = 40;
    const std::size_t separator = text.find_first_of("-_./: ");
    return text.substr(
        0, std::min(separator == std::string_view::npos ? longest : separator + 1, longest));
}

void suggestForOtherTypes(Miss &miss)
{
    const bool isNumberForText = miss.actual.isNumber() && miss.expected.isText();
    const QString why = QStringLiteral("text and numbers are never equal");
    if (isNumberForText) {
        if (const auto whole = pythonIntFrom(miss.expected.text()))
            miss.addPattern(*whole, why);
        if (const auto real = pythonFloatFrom(miss.expected.text()))
            miss.addPattern(*real, why);
    }
    if (miss.actual.isText() && (miss.expected.isNumber() || miss.expected.isBool()))
        miss.addPattern(pythonStr(miss.expected), why);
    if (miss.actual.isBool() && miss.expected.isText())
        miss.addPattern(miss.actual, why);
}

void suggestForText(Miss &miss)
{
    if (!miss.actual.isText() || !miss.expected.isText())
        return;
    if (miss.meaning() == CriteriaOperator::MatchRegex)
        miss.add("regex", miss.expected, QStringLiteral("matchregex looks only at the start"));
    if (const char *relaxed = ignoringCase(miss.meaning()))
        miss.add(relaxed, miss.expected, QStringLiteral("the case of letters differs"));
    switch (miss.meaning()) {
    case CriteriaOperator::Equals:
    case CriteriaOperator::IEquals:
        if (trimmed(miss.actual.text()) == trimmed(miss.expected.text()))
            miss.add("regex", "^\\s*" + escapedRegex(trimmed(miss.expected.text())) + "\\s*$",
                     QStringLiteral("there are blanks around it"));
        miss.add("startswith", miss.expected);
        miss.add("endswith", miss.expected);
        miss.add("contains", miss.expected);
        miss.add("matchwildcard", miss.expected,
                 QStringLiteral("only matchwildcard knows * and ?"));
        miss.add("icontains", miss.expected);
        miss.addPattern(miss.actual);
        break;
    case CriteriaOperator::StartsWith:
    case CriteriaOperator::IStartsWith:
    case CriteriaOperator::EndsWith:
    case CriteriaOperator::IEndsWith:
        miss.add("contains", miss.expected);
        miss.add("icontains", miss.expected);
        break;
    case CriteriaOperator::MatchWildcard:
        miss.addPattern("*" + std::string(miss.expected.text()) + "*",
                        QStringLiteral("matchwildcard takes the whole text"));
        break;
    default:
        break;
    }
}

void suggestByLeadingWord(Miss &miss)
{
    if (!miss.actual.isText() || miss.actual.text().empty())
        return;
    const std::string_view word = leadingWord(miss.actual.text());
    switch (miss.meaning()) {
    case CriteriaOperator::StartsWith:
    case CriteriaOperator::IStartsWith:
        miss.addPattern(word);
        break;
    case CriteriaOperator::Regex:
    case CriteriaOperator::IRegex:
    case CriteriaOperator::MatchRegex:
        miss.addPattern("^" + escapedRegex(word));
        break;
    case CriteriaOperator::MatchWildcard:
        miss.addPattern(std::string(word) + "*");
        break;
    case CriteriaOperator::Contains:
    case CriteriaOperator::IContains:
        miss.addPattern(word);
        break;
    default:
        break;
    }
}

// The nearest whole number, or the nearest number at all, on the far side of `actual`.
Value beyond(const Value &actual, int direction)
{
    if (actual.isInt() && std::abs(actual.toInt()) < INT64_MAX)
        return actual.toInt() + direction;
    const double number = actual.isDouble() ? actual.toDouble() : 0;
    const double rounded = direction > 0 ? std::floor(number) + 1 : std::ceil(number) - 1;
    if (std::abs(rounded) < 9e15)
        return static_cast<std::int64_t>(rounded);
    return rounded;
}

void suggestForNumbers(Miss &miss)
{
    if (!miss.actual.isNumber())
        return;
    const bool isAtLimit = Value::pythonEqual(miss.actual, miss.expected);
    const QString why = isAtLimit ? QStringLiteral("the limit itself does not count") : QString();
    if (miss.meaning() == CriteriaOperator::GreaterThan)
        miss.addPattern(beyond(miss.actual, -1), why);
    if (miss.meaning() == CriteriaOperator::LessThan)
        miss.addPattern(beyond(miss.actual, 1), why);
    if (miss.meaning() == CriteriaOperator::Equals)
        miss.addPattern(miss.actual);
}

void suggestForTimes(Miss &miss, const Clock &clock)
{
    const bool isTime = miss.meaning() == CriteriaOperator::TimediffLess
        || miss.meaning() == CriteriaOperator::TimediffGreater;
    const Result<Timestamp> then
        = isTime ? dateFromValue(miss.actual, clock.now()) : failure(Error{});
    if (!then)
        return;
    const double age = static_cast<double>((clock.now() - *then).count()) / 1e6;
    const QString why = QStringLiteral("it was %1 seconds old").arg(age);
    miss.addPattern(beyond(age, miss.meaning() == CriteriaOperator::TimediffLess ? 1 : -1), why);
}

void suggestForMembers(Miss &miss)
{
    if (miss.meaning() == CriteriaOperator::Inside && miss.expected.isList()) {
        Value longer = miss.expected;
        longer.append(miss.actual);
        miss.addPattern(longer, QStringLiteral("the list does not have it"));
    }
    const bool isListForText
        = miss.meaning() == CriteriaOperator::Equals && miss.actual.isSequence();
    if (isListForText)
        miss.add("contains", miss.expected, QStringLiteral("the payload has a list"));
    if (miss.meaning() == CriteriaOperator::Equals && miss.expected.isList())
        miss.add("inside", miss.expected, QStringLiteral("the pattern is a list"));
}

} // namespace

std::vector<SuggestedChange> suggestedChanges(const RuleCondition &condition, const Value &actual,
                                              const Value &expected, const Facts &facts)
{
    const bool isOpen = !actual.isSecret() && !expected.isSecret();
    if (!isOpen || !condition.entry || condition.entry->meaning == CriteriaOperator::Search)
        return {};
    Miss miss{condition, actual, expected};
    if (actual.isNull()) {
        for (const QString &key : nearbyKeys(condition, facts.payload))
            miss.changes.push_back(
                {{key, condition.operatorName, expected}, QStringLiteral("the key is elsewhere")});
    } else {
        suggestForOtherTypes(miss);
        suggestForText(miss);
        suggestByLeadingWord(miss);
        suggestForNumbers(miss);
        suggestForTimes(miss, facts.clock);
        suggestForMembers(miss);
    }
    if (const char *name = opposite(miss.meaning()))
        miss.add(name, expected);
    return miss.changes;
}

} // namespace stormglass
