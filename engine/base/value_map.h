#pragma once

#include "engine/base/value.h"

#include <optional>

namespace stormglass {

// The entries of a map in the order they were set; keys compare as Python's do. Beyond a few entries an index
// over the hashes keeps look-ups constant.
class ValueMap
{
public:
    struct Entry {
        Value key;
        Value value;
        std::uint64_t hash = 0;
    };

    std::size_t size() const { return m_entries.size(); }
    bool isEmpty() const { return m_entries.empty(); }
    auto begin() const { return m_entries.begin(); }
    auto end() const { return m_entries.end(); }
    const Entry &at(std::size_t position) const { return m_entries[position]; }
    Value &valueAt(std::size_t position) { return m_entries[position].value; }

    const Value *find(std::string_view key) const;
    const Value *find(const Value &key) const;
    std::optional<std::size_t> position(const Value &key) const;
    bool contains(std::string_view key) const { return find(key) != nullptr; }

    // Keeps the place of a key that is there already.
    void set(Value key, Value value);
    // False if there was no such key.
    bool remove(const Value &key);
    void reserve(std::size_t count) { m_entries.reserve(count); }

    static std::uint64_t hashOf(std::string_view text);

private:
    static constexpr std::size_t indexedFrom = 9;
    std::optional<std::size_t> positionOf(const Value &key, std::uint64_t hash) const;
    std::optional<std::size_t> positionOf(std::string_view key, std::uint64_t hash) const;
    template <typename Same>
    std::optional<std::size_t> locate(std::uint64_t hash, Same same) const;
    void index(std::size_t position);
    void rebuildIndex();

    std::vector<Entry> m_entries;
    // Open addressing over positions + 1; empty while there are few entries.
    std::vector<std::uint32_t> m_slots;
};

// Members in the order they were added, each once, as Python's equality has it.
class ValueSet
{
public:
    std::size_t size() const { return m_map.size(); }
    bool isEmpty() const { return m_map.isEmpty(); }
    const Value &at(std::size_t position) const { return m_map.at(position).key; }
    bool contains(const Value &member) const { return m_map.find(member) != nullptr; }
    void add(Value member) { m_map.set(std::move(member), Value()); }
    bool remove(const Value &member) { return m_map.remove(member); }

private:
    ValueMap m_map;
};

} // namespace stormglass
