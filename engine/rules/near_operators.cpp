#include "engine/rules/near_operators.h"

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

// Insertions, deletions, replacements and exchanges of neighbours that lead from one name to the
// other.
int slipsBetween(const QString &a, const QString &b)
{
    std::vector<std::vector<int>> slips(static_cast<std::size_t>(a.size()) + 1,
                                        std::vector<int>(static_cast<std::size_t>(b.size()) + 1));
    for (std::size_t i = 0; i < slips.size(); ++i) {
        for (std::size_t k = 0; k < slips[0].size(); ++k) {
            if (i == 0 || k == 0) {
                slips[i][k] = static_cast<int>(i + k);
                continue;
            }
            const auto left = [&](std::size_t at) { return a[static_cast<qsizetype>(at) - 1]; };
            const auto right = [&](std::size_t at) { return b[static_cast<qsizetype>(at) - 1]; };
            slips[i][k] = std::min({slips[i - 1][k] + 1, slips[i][k - 1] + 1,
                                    slips[i - 1][k - 1] + (left(i) == right(k) ? 0 : 1)});
            if (i > 1 && k > 1 && left(i) == right(k - 1) && left(i - 1) == right(k))
                slips[i][k] = std::min(slips[i][k], slips[i - 2][k - 2] + 1);
        }
    }
    return slips.back().back();
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
    QStringList names = operatorNames();
    const auto distance = [&](const QString &candidate) {
        return slipsBetween(plain, withoutSeparators(candidate));
    };
    std::stable_sort(names.begin(), names.end(),
                     [&](const QString &a, const QString &b) { return distance(a) < distance(b); });
    for (const QString &candidate : names) {
        // A slip in three letters: `eqauls` is near `equals`, `xy` is near nothing.
        if (distance(candidate) * 3 <= plain.size())
            near.append(candidate);
    }
    near.removeDuplicates();
    return near.mid(0, mostSuggestions);
}

} // namespace stormglass
