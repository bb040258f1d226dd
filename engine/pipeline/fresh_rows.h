#pragma once

#include "engine/model/enforcement.h"
#include "engine/model/trigger_instance.h"
#include "engine/store/database.h"

#include <optional>
#include <unordered_map>

namespace stormglass {

// Rows that this batch added, so that the next station need not read what was just written. Only a
// shortcut: what is not here is claimed from the store. Thread: engine.
class FreshRows
{
public:
    explicit FreshRows(const Database &database)
        : m_database(database)
    {
    }

    struct Enforcing
    {
        Enforcement enforcement;
        // What it acts on.
        TriggerInstance instance;
    };

    void put(TriggerInstance instance)
    {
        forgetIfUndone();
        const Id id = instance.id;
        m_instances.insert_or_assign(id, std::move(instance));
    }
    void put(Enforcing enforcing)
    {
        forgetIfUndone();
        const Id id = enforcing.enforcement.id;
        m_enforcements.insert_or_assign(id, std::move(enforcing));
    }

    // Each once.
    std::optional<TriggerInstance> takeInstance(const Id &id) { return take(m_instances, id); }
    std::optional<Enforcing> takeEnforcement(const Id &id) { return take(m_enforcements, id); }

    // At the end of a batch.
    void clear()
    {
        m_instances.clear();
        m_enforcements.clear();
    }

private:
    template <typename Row>
    std::optional<Row> take(std::unordered_map<Id, Row> &rows, const Id &id)
    {
        forgetIfUndone();
        auto node = rows.extract(id);
        return node ? std::optional(std::move(node.mapped())) : std::nullopt;
    }

    // After anything was undone, nothing said here is sure.
    void forgetIfUndone()
    {
        if (m_undoings == m_database.undoings())
            return;
        m_undoings = m_database.undoings();
        clear();
    }

    const Database &m_database;
    std::unordered_map<Id, TriggerInstance> m_instances;
    std::unordered_map<Id, Enforcing> m_enforcements;
    std::uint64_t m_undoings = 0;
};

} // namespace stormglass
