#pragma once

#include "engine/model/trigger_instance.h"
#include "engine/store/database.h"

#include <optional>
#include <unordered_map>

namespace stormglass {

// Trigger instances that this batch added, so that the next station need not read what was just
// written. Only a shortcut: what is not here is claimed from the store. Thread: engine.
class FreshRows
{
public:
    explicit FreshRows(const Database &database)
        : m_database(database)
    {
    }

    void put(TriggerInstance instance)
    {
        forgetIfUndone();
        m_rows.insert_or_assign(instance.id, std::move(instance));
    }

    // Once.
    std::optional<TriggerInstance> take(const Id &id)
    {
        forgetIfUndone();
        const auto found = m_rows.find(id);
        if (found == m_rows.end())
            return std::nullopt;
        std::optional<TriggerInstance> instance(std::move(found->second));
        m_rows.erase(found);
        return instance;
    }

    // At the end of a batch.
    void clear() { m_rows.clear(); }

private:
    // After anything was undone, nothing said here is sure.
    void forgetIfUndone()
    {
        if (m_undoings == m_database.undoings())
            return;
        m_undoings = m_database.undoings();
        m_rows.clear();
    }

    const Database &m_database;
    std::unordered_map<Id, TriggerInstance> m_rows;
    std::uint64_t m_undoings = 0;
};

} // namespace stormglass
