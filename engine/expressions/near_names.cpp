#include "engine/expressions/near_names.h"

#include <algorithm>

namespace stormglass {

namespace {

constexpr std::size_t longestName = 64;
constexpr std::size_t mostCandidates = 500;
constexpr std::size_t mostAnswers = 3;
constexpr std::string_view hintBegin = " (did you mean ";

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool areSame(char a, char b)
{
    return lowered(a) == lowered(b);
}

// Edits that turn one into the other; two neighbours that changed places are one, case is none.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> beforeLast(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        beforeLast.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {last[j] + 1, row[j - 1] + 1, last[j - 1] + (areSame(a[i - 1], b[j - 1]) ? 0 : 1)});
            if (i > 1 && j > 1 && areSame(a[i - 1], b[j - 2]) && areSame(a[i - 2], b[j - 1]))
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
    }
    return row.back();
}

} // namespace

std::vector<std::string> nearNamesAmong(const std::vector<std::string_view> &candidates,
                                        std::string_view name)
{
    if (name.empty() || name.size() > longestName)
        return {};
    const std::size_t allowed = name.size() < 3 ? 0 : name.size() < 6 ? 1 : 2;
    std::vector<std::pair<std::size_t, std::string>> near;
    for (std::size_t i = 0; i < std::min(candidates.size(), mostCandidates); ++i) {
        const std::string_view candidate = candidates[i];
        if (candidate.size() > longestName || candidate == name)
            continue;
        if (const std::size_t edits = distance(name, candidate); edits <= allowed)
            near.emplace_back(edits, candidate);
    }
    std::ranges::stable_sort(near, {}, [](const auto &entry) { return entry.first; });
    std::vector<std::string> names;
    for (const auto &[edits, candidate] : near) {
        if (names.size() < mostAnswers && std::ranges::find(names, candidate) == names.end())
            names.push_back(candidate);
    }
    return names;
}

std::string didYouMean(const std::vector<std::string_view> &candidates, std::string_view name)
{
    const std::vector<std::string> near = nearNamesAmong(candidates, name);
    if (near.empty())
        return {};
    std::string text(hintBegin);
    for (std::size_t i = 0; i < near.size(); ++i)
        text += (i == 0 ? "'" : i + 1 == near.size() ? " or '" : ", '") + near[i] + '\'';
    return text + "?)";
}

std::string didYouMean(const ValueMap &among, std::string_view name)
{
    return didYouMean(namesIn(among), name);
}

std::string_view hintOf(std::string_view message)
{
    const std::size_t at = message.ends_with("?)") ? message.rfind(hintBegin) : message.npos;
    return at == message.npos ? std::string_view() : message.substr(at);
}

std::vector<std::string_view> namesIn(const ValueMap &map)
{
    std::vector<std::string_view> names;
    for (const ValueMap::Entry &entry : map) {
        if (entry.key.isText() && !entry.key.text().starts_with("__"))
            names.push_back(entry.key.text());
    }
    return names;
}

} // namespace stormglass
