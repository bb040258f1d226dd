#include "ui/models/operators.h"

#include <QCoreApplication>
#include <QHash>

namespace stormglass::ui {

namespace {

OperatorWord word(const char *name, const char *words, bool needsPattern = true)
{
    return {QString::fromLatin1(name), QCoreApplication::translate("Operators", words),
            needsPattern};
}

QString canonical(const QString &name)
{
    static const QHash<QString, QString> synonyms{
        {QStringLiteral("eq"), QStringLiteral("equals")},
        {QStringLiteral("neq"), QStringLiteral("nequals")},
        {QStringLiteral("ieq"), QStringLiteral("iequals")},
        {QStringLiteral("lt"), QStringLiteral("lessthan")},
        {QStringLiteral("gt"), QStringLiteral("greaterthan")},
        {QStringLiteral("td_lt"), QStringLiteral("timediff_lt")},
        {QStringLiteral("td_gt"), QStringLiteral("timediff_gt")},
        {QStringLiteral("in"), QStringLiteral("inside")},
        {QStringLiteral("nin"), QStringLiteral("ninside")}};
    return synonyms.value(name, name);
}

} // namespace

const std::vector<OperatorWord> &offeredOperators()
{
    static const std::vector<OperatorWord> words{
        word("equals", "is"),
        word("nequals", "is not"),
        word("contains", "contains"),
        word("ncontains", "does not contain"),
        word("greaterthan", "is more than"),
        word("lessthan", "is less than"),
        word("exists", "is present", false),
        word("nexists", "is absent", false),
        word("startswith", "starts with"),
        word("endswith", "ends with"),
        word("inside", "is one of"),
        word("ninside", "is none of"),
        word("regex", "matches the pattern"),
        word("iregex", "matches, whatever the case"),
        word("matchregex", "matches from its start"),
        word("matchwildcard", "matches the wildcard"),
        word("iequals", "is, whatever the case"),
        word("icontains", "contains, whatever the case"),
        word("incontains", "does not contain, whatever the case"),
        word("istartswith", "starts with, whatever the case"),
        word("iendswith", "ends with, whatever the case"),
        word("timediff_lt", "is younger than (seconds)"),
        word("timediff_gt", "is older than (seconds)"),
        word("search", "has items that"),
    };
    return words;
}

QString operatorWords(const QString &name)
{
    const QString known = canonical(name);
    for (const OperatorWord &offered : offeredOperators()) {
        if (offered.name == known)
            return offered.words;
    }
    return name;
}

} // namespace stormglass::ui
