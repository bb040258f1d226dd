#include "tests/scenarios/scenario_match.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString shownText(const Value &value)
{
    return QString::fromStdString(writeJson(value));
}

bool hasText(const Value &wanted, const Value &actual)
{
    const QString text = wanted.toQString();
    if (text == u"*"_s)
        return !actual.isNull();
    if (!text.startsWith(u'~'))
        return wanted == actual;
    const QRegularExpression pattern(text.mid(1), QRegularExpression::DotMatchesEverythingOption);
    const QString found = actual.isText() ? actual.toQString() : shownText(actual);
    return !actual.isNull() && pattern.match(found).hasMatch();
}

bool hasItems(const ValueList &wanted, const ValueList &actual)
{
    return std::equal(wanted.begin(), wanted.end(), actual.begin(), actual.end(), hasWanted);
}

QString missingItem(const ValueList &wanted, ValueList actual)
{
    for (const Value &item : wanted) {
        const auto found = std::find_if(actual.begin(), actual.end(), [&](const Value &candidate) {
            return hasWanted(item, candidate);
        });
        if (found == actual.end())
            return u"nothing is %1"_s.arg(shownText(item));
        actual.erase(found);
    }
    return {};
}

QString wrongCount(std::int64_t wanted, const ValueList &actual)
{
    const auto count = static_cast<std::int64_t>(actual.size());
    return count == wanted ? QString() : u"there are %1, not %2"_s.arg(count).arg(wanted);
}

} // namespace

bool hasWanted(const Value &wanted, const Value &actual)
{
    if (wanted.isText())
        return hasText(wanted, actual);
    if (wanted.isList())
        return actual.isList() && hasItems(wanted.items(), actual.items());
    if (!wanted.isMap())
        return wanted == actual;
    for (const ValueMap::Entry &entry : wanted.entries()) {
        if (!hasWanted(entry.value, actual[entry.key.text()]))
            return false;
    }
    return actual.isMap();
}

QString missingIn(const Value &wanted, const ValueList &actual)
{
    if (wanted.isInt())
        return wrongCount(wanted.toInt(), actual);
    const ValueList &items = wanted.isList() ? wanted.items() : wanted["items"].itemsOrNone();
    if (const QString missing = missingItem(items, actual); !missing.isEmpty())
        return missing;
    if (wanted["count"].isInt())
        return wrongCount(wanted["count"].toInt(), actual);
    if (wanted["at_least"].isInt())
        return static_cast<std::int64_t>(actual.size()) >= wanted["at_least"].toInt()
            ? QString()
            : u"there are only %1"_s.arg(actual.size());
    return wrongCount(static_cast<std::int64_t>(items.size()), actual);
}

} // namespace stormglass
