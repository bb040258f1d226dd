#include "engine/store/counters.h"

namespace stormglass {

void Counters::add(std::string_view kind, std::string_view key, std::int64_t difference)
{
    m_key.assign(kind);
    m_key.push_back('\0');
    m_key.append(key);
    // Addresses of a map's values hold while others are added.
    std::int64_t &total = m_differences[m_key];
    total += difference;
    m_journal.emplace_back(&total, difference);
}

void Counters::undoTo(Mark mark)
{
    while (m_journal.size() > mark) {
        *m_journal.back().first -= m_journal.back().second;
        m_journal.pop_back();
    }
}

std::vector<Counters::Difference> Counters::differences() const
{
    std::vector<Difference> differences;
    for (const auto &[name, difference] : m_differences) {
        const std::size_t end = name.find('\0');
        if (difference != 0)
            differences.push_back({name.substr(0, end), name.substr(end + 1), difference});
    }
    return differences;
}

void Counters::clear()
{
    m_differences.clear();
    m_journal.clear();
}

} // namespace stormglass
