#pragma once

#include "engine/model/execution.h"
#include "engine/store/database.h"

#include <unordered_map>

namespace stormglass {

// Executions as they were written last, so that each step of one need not read it again. Belongs to
// the one store that writes them, and holds only what that connection would read; what is not here
// is read. Thread: its database's.
class RecentExecutions
{
public:
    explicit RecentExecutions(const Database &database)
        : m_database(database)
    {
    }

    void put(const Execution &execution);
    void forget(const Id &id) { m_rows.erase(id); }
    // Null if it is not here. Borrowed until the next change.
    const Execution *find(const Id &id);
    std::size_t size() const { return m_rows.size(); }

private:
    static constexpr std::size_t keptAtMost = 2'000;

    void forgetIfUndone();

    const Database &m_database;
    std::unordered_map<Id, Execution> m_rows;
    std::uint64_t m_undoings = 0;
};

} // namespace stormglass
