#include "engine/expressions/set_order.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace stormglass {

namespace {

// A number's place in a table of so many slots is its low bits; where that is taken the slots
// behind are tried, then others.
class Table
{
public:
    void add(std::uint64_t hash, std::size_t place)
    {
        insert(hash, place);
        ++m_used;
        const std::size_t mask = m_slots.size() - 1;
        if (m_used * 5 >= mask * 3)
            grow(m_used > 50'000 ? m_used * 2 : m_used * 4);
    }

    std::vector<std::size_t> places() const
    {
        std::vector<std::size_t> all;
        for (const Slot &slot : m_slots) {
            if (slot)
                all.push_back(slot->second);
        }
        return all;
    }

private:
    using Slot = std::optional<std::pair<std::uint64_t, std::size_t>>;

    void insert(std::uint64_t hash, std::size_t place)
    {
        constexpr std::size_t neighbours = 9;
        const std::size_t mask = m_slots.size() - 1;
        std::uint64_t perturbation = hash;
        for (std::size_t at = hash & mask;;) {
            const std::size_t probes = at + neighbours <= mask ? neighbours : 0;
            for (std::size_t i = at; i <= at + probes; ++i) {
                if (!m_slots[i]) {
                    m_slots[i] = {hash, place};
                    return;
                }
            }
            perturbation >>= 5;
            at = (at * 5 + 1 + perturbation) & mask;
        }
    }

    void grow(std::size_t least)
    {
        std::size_t size = 8;
        while (size <= least)
            size <<= 1;
        std::vector<Slot> before(size);
        before.swap(m_slots);
        for (const Slot &slot : before) {
            if (slot)
                insert(slot->first, slot->second);
        }
    }

    std::vector<Slot> m_slots = std::vector<Slot>(8);
    std::size_t m_used = 0;
};

// Python's hash of a whole number.
std::uint64_t hashOf(std::int64_t number)
{
    constexpr std::int64_t prime = (std::int64_t{1} << 61) - 1;
    const std::int64_t rest = number % prime;
    return static_cast<std::uint64_t>(rest == -1 ? -2 : rest);
}

} // namespace

std::vector<std::size_t> pythonSetOrder(const ValueSet &members)
{
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Table table;
    for (const std::size_t place : order) {
        const Value &member = members.at(place);
        if (!member.isInt() && !member.isBool())
            return order;
        table.add(hashOf(member.isInt() ? member.toInt() : member.toBool() ? 1 : 0), place);
    }
    return table.places();
}

} // namespace stormglass
