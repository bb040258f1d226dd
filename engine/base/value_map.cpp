#include "engine/base/value_map.h"

namespace stormglass {

std::uint64_t ValueMap::hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ text.size();
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
        hash ^= hash >> 29;
    }
    for (; i < text.size(); ++i)
        hash = (hash ^ static_cast<unsigned char>(text[i])) * 0x100000001b3ULL;
    hash ^= hash >> 32;
    return hash;
}

template <typename Same>
std::optional<std::size_t> ValueMap::locate(std::uint64_t hash, Same same) const
{
    if (m_slots.empty()) {
        for (std::size_t i = 0; i < m_entries.size(); ++i) {
            if (m_entries[i].hash == hash && same(m_entries[i].key))
                return i;
        }
        return std::nullopt;
    }
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const Entry &entry = m_entries[m_slots[slot] - 1];
        if (entry.hash == hash && same(entry.key))
            return m_slots[slot] - 1;
    }
    return std::nullopt;
}

std::optional<std::size_t> ValueMap::positionOf(const Value &key, std::uint64_t hash) const
{
    // Only text equals text, and is what nearly every key is.
    if (key.isText())
        return positionOf(key.text(), hash);
    return locate(hash, [&](const Value &candidate) { return Value::pythonEqual(candidate, key); });
}

std::optional<std::size_t> ValueMap::positionOf(std::string_view key, std::uint64_t hash) const
{
    return locate(hash, [&](const Value &candidate) { return candidate.isText() && candidate.text() == key; });
}

const Value *ValueMap::find(std::string_view key) const
{
    if (m_entries.empty())
        return nullptr;
    const auto position = positionOf(key, hashOf(key));
    return position ? &m_entries[*position].value : nullptr;
}

const Value *ValueMap::find(const Value &key) const
{
    const auto found = position(key);
    return found ? &m_entries[*found].value : nullptr;
}

std::optional<std::size_t> ValueMap::position(const Value &key) const
{
    return positionOf(key, key.pythonHash());
}

void ValueMap::set(Value key, Value value)
{
    const std::uint64_t hash = key.pythonHash();
    if (const auto position = positionOf(key, hash)) {
        m_entries[*position].value = std::move(value);
        return;
    }
    m_entries.push_back({std::move(key), std::move(value), hash});
    if (m_entries.size() < indexedFrom)
        return;
    if (m_slots.size() < 2 * m_entries.size())
        rebuildIndex();
    else
        index(m_entries.size() - 1);
}

bool ValueMap::remove(const Value &key)
{
    const auto found = position(key);
    if (!found)
        return false;
    m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(*found));
    m_slots.clear();
    if (m_entries.size() >= indexedFrom)
        rebuildIndex();
    return true;
}

void ValueMap::index(std::size_t position)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = m_entries[position].hash & mask;
    while (m_slots[slot] != 0)
        slot = (slot + 1) & mask;
    m_slots[slot] = static_cast<std::uint32_t>(position + 1);
}

void ValueMap::rebuildIndex()
{
    std::size_t size = 32;
    while (size < 4 * m_entries.size())
        size *= 2;
    m_slots.assign(size, 0);
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        index(i);
}

} // namespace stormglass
