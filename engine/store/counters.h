#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stormglass {

// How many rows a transaction has added or removed by kind, written once when it commits. What a
// savepoint undoes is undone here too.
class Counters
{
public:
    using Mark = std::size_t;

    // A kind is a table or a column of one; the key one value of that column, empty for the whole
    // table.
    void add(std::string_view kind, std::string_view key, std::int64_t difference);
    Mark mark() const { return m_journal.size(); }
    void undoTo(Mark mark);

    struct Difference
    {
        std::string kind;
        std::string key;
        std::int64_t difference = 0;
    };
    // What is to be written.
    std::vector<Difference> differences() const;
    // Once it has been.
    void clear();

private:
    // The key holds kind and key with a NUL between them.
    std::unordered_map<std::string, std::int64_t> m_differences;
    std::vector<std::pair<std::int64_t *, std::int64_t>> m_journal;
    std::string m_key;
};

} // namespace stormglass
