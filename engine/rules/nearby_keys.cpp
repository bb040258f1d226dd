#include "engine/rules/nearby_keys.h"

#include "engine/expressions/text_case.h"

#include <algorithm>

namespace stormglass {

namespace {

using Names = std::vector<std::string>;

constexpr int maxDepth = 8;
constexpr int maxVisited = 5'000;
constexpr qsizetype maxKeys = 5;

// Letters and digits in lower case: what `X-Event`, `x_event` and `xEvent` have in common.
std::string core(std::string_view name)
{
    std::string kept;
    for (const char c : lowerCase(name)) {
        if (c != '-' && c != '_' && c != ' ' && c != '.')
            kept += c;
    }
    return kept;
}

// One letter more, less, other, or two exchanged.
bool isOneSlipApart(const std::string &a, const std::string &b)
{
    const std::string &shorter = a.size() < b.size() ? a : b;
    const std::string &longer = a.size() < b.size() ? b : a;
    if (longer.size() - shorter.size() > 1 || longer.size() < 3)
        return false;
    const auto differing = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
    const auto left = differing.first;
    const auto right = differing.second;
    if (left == shorter.end())
        return true;
    const auto restAfter = [&](std::ptrdiff_t skipShorter, std::ptrdiff_t skipLonger) {
        return std::equal(left + skipShorter, shorter.end(), right + skipLonger, longer.end());
    };
    if (shorter.size() < longer.size())
        return restAfter(0, 1);
    const bool isExchanged
        = left + 1 != shorter.end() && left[0] == right[1] && left[1] == right[0];
    return restAfter(1, 1) || (isExchanged && restAfter(2, 2));
}

// Everything below a payload that has the wanted last name, breadth by depth.
class Walk
{
public:
    explicit Walk(const std::string &wanted)
        : m_wanted(core(wanted))
    {
    }

    void visit(const Value &value, Names &path)
    {
        if (static_cast<int>(path.size()) >= maxDepth)
            return;
        for (const ValueMap::Entry &entry : value.entriesOrNone()) {
            if (++m_visited > maxVisited || !entry.key.isText())
                return;
            path.emplace_back(entry.key.text());
            if (core(path.back()) == m_wanted)
                m_found.push_back(path);
            visit(entry.value, path);
            path.pop_back();
        }
    }

    std::vector<Names> found() &&
    {
        std::stable_sort(m_found.begin(), m_found.end(),
                         [](const Names &a, const Names &b) { return a.size() < b.size(); });
        return std::move(m_found);
    }

private:
    std::string m_wanted;
    std::vector<Names> m_found;
    int m_visited = 0;
};

bool isPlainName(const std::string &name)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@';
    };
    return !name.empty() && name != "where" && isLetter(name[0])
        && std::all_of(name.begin(), name.end(),
                       [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

// Where the names still lead somewhere, the keys there that are spelled nearly like the first that
// leads nowhere.
std::vector<Names> misspelt(const Names &names, const Value &payload)
{
    const Value *at = &payload;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (const Value *next = at->find(names[i])) {
            at = next;
            continue;
        }
        std::vector<Names> found;
        for (const ValueMap::Entry &entry : at->entriesOrNone()) {
            if (!entry.key.isText() || !isOneSlipApart(core(entry.key.text()), core(names[i])))
                continue;
            Names corrected = names;
            corrected[i] = entry.key.text();
            if (followNames(payload, corrected))
                found.push_back(corrected);
        }
        return found;
    }
    return {};
}

} // namespace

QString keyFromNames(const std::vector<std::string> &names)
{
    QString key = QStringLiteral("trigger");
    for (const std::string &name : names) {
        QString text = QString::fromStdString(name);
        if (!isPlainName(name)) {
            text.replace(QLatin1String("\\"), QLatin1String("\\\\"))
                .replace(QLatin1String("'"), QLatin1String("\\'"));
            text = QLatin1Char('\'') + text + QLatin1Char('\'');
        }
        key += QLatin1Char('.') + text;
    }
    return key;
}

QStringList nearbyKeys(const RuleCondition &condition, const Value &payload)
{
    if (!condition.path || condition.path->names().empty())
        return {};
    // A path that forgot `trigger` is looked for as if it had not.
    const Names &names = condition.isPlain ? condition.names : condition.path->names();
    if (names.empty())
        return {};
    QStringList keys;
    if (!condition.isPlain && followNames(payload, names))
        keys.append(keyFromNames(names));
    for (const Names &found : misspelt(names, payload))
        keys.append(keyFromNames(found));
    Walk walk(names.back());
    Names path;
    walk.visit(payload, path);
    for (const Names &found : std::move(walk).found())
        keys.append(keyFromNames(found));
    keys.removeDuplicates();
    return keys.mid(0, maxKeys);
}

} // namespace stormglass
