#include "engine/expressions/yaql_library.h"

#include "engine/expressions/orquesta_functions.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace stormglass {

namespace {

class Library
{
public:
    Library()
    {
        for (const auto group :
             {yaqlComparisons(), yaqlNumberFunctions(), yaqlTextFunctions(), yaqlRegexFunctions(),
              yaqlBranchFunctions(), yaqlContextFunctions(), yaqlMapFunctions(), yaqlSetFunctions(),
              yaqlListFunctions(), yaqlSequenceFunctions(), yaqlSelectionFunctions(),
              yaqlFoldFunctions(), yaqlGroupFunctions(), yaqlCalendarFunctions(),
              yaqlCalendarOperators()})
            add(group);
        for (const auto group : orquestaHelperFunctions())
            add(group, YaqlFunction::Sequences::Python);
        add(orquestaDataFunctions(), YaqlFunction::Sequences::AsTheyAre);
        add(orquestaContextFunctions(), YaqlFunction::Sequences::AsTheyAre);
    }

    const std::vector<const YaqlFunction *> &named(std::string_view name) const
    {
        static const std::vector<const YaqlFunction *> none;
        const auto found = m_byName.find(name);
        return found == m_byName.end() ? none : found->second;
    }

    std::vector<std::string_view> names() const
    {
        std::vector<std::string_view> names;
        for (const auto &[name, overloads] : m_byName)
            names.push_back(name);
        std::ranges::sort(names);
        return names;
    }

private:
    template <typename Entry, typename... Rest>
    void add(std::span<const Entry> group, Rest... rest)
    {
        for (const Entry &entry : group) {
            const YaqlFunction &function = m_functions.emplace_back(entry, rest...);
            m_byName[function.name()].push_back(&function);
        }
    }

    // Never moved: the names and pointers below are into them.
    std::deque<YaqlFunction> m_functions;
    std::unordered_map<std::string_view, std::vector<const YaqlFunction *>> m_byName;
};

const Library &library()
{
    static const Library library;
    return library;
}

} // namespace

const std::vector<const YaqlFunction *> &yaqlFunctionsNamed(std::string_view name)
{
    return library().named(name);
}

std::vector<std::string_view> yaqlFunctionNames()
{
    return library().names();
}

} // namespace stormglass
