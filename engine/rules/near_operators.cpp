#include "engine/rules/near_operators.h"

#include "engine/expressions/near_names.h"
#include "engine/rules/operators.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

constexpr qsizetype longestName = 40;
constexpr qsizetype mostSuggestions = 3;

struct Synonym
{
    const char *written;
    const char *meant;
};

constexpr std::array synonyms{
    Synonym{"=", "equals"},
    Synonym{"==", "equals"},
    Synonym{"is", "equals"},
    Synonym{"equal", "equals"},
    Synonym{"!=", "nequals"},
    Synonym{"<>", "nequals"},
    Synonym{"notequals", "nequals"},
    Synonym{"ne", "nequals"},
    Synonym{"<", "lessthan"},
    Synonym{"<=", "lessthan"},
    Synonym{"lte", "lessthan"},
    Synonym{"le", "lessthan"},
    Synonym{">", "greaterthan"},
    Synonym{">=", "greaterthan"},
    Synonym{"gte", "greaterthan"},
    Synonym{"ge", "greaterthan"},
    Synonym{"match", "regex"},
    Synonym{"matches", "regex"},
    Synonym{"=~", "regex"},
    Synonym{"like", "matchwildcard"},
    Synonym{"wildcard", "matchwildcard"},
    Synonym{"glob", "matchwildcard"},
    Synonym{"notin", "ninside"},
    Synonym{"notcontains", "ncontains"},
    Synonym{"notexists", "nexists"},
    Synonym{"includes", "contains"},
    Synonym{"any", "search"},
    Synonym{"all", "search"},
};

std::vector<std::string_view> operatorNameTexts()
{
    static const std::vector<std::string> texts = [] {
        std::vector<std::string> all;
        for (const QString &name : operatorNames())
            all.push_back(name.toStdString());
        return all;
    }();
    return {texts.begin(), texts.end()};
}

QString withoutSeparators(const QString &name)
{
    QString plain = name.toLower();
    for (const char *separator : {"_", "-", " "})
        plain.remove(QLatin1String(separator));
    return plain;
}

} // namespace

QStringList nearOperators(const QString &name)
{
    if (name.size() > longestName)
        return {};
    const QString plain = withoutSeparators(name);
    QStringList near;
    for (const Synonym &synonym : synonyms) {
        if (plain == QLatin1String(synonym.written))
            near.append(QString::fromLatin1(synonym.meant));
    }
    const std::string written = plain.toStdString();
    for (const std::string &candidate : nearNamesAmong(operatorNameTexts(), written))
        near.append(QString::fromStdString(candidate));
    if (operatorNames().contains(plain))
        near.prepend(plain);
    near.removeDuplicates();
    return near.mid(0, mostSuggestions);
}

} // namespace stormglass
