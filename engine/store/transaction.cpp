#include "engine/store/transaction.h"

#include "engine/base/thread_name.h"

namespace stormglass {

Transaction::Transaction(Database &database)
    : m_database(database)
    , m_depth(++database.m_depth)
    , m_counted(database.m_counters.mark())
{
    SG_ON(Engine);
    SG_ASSERT(database.m_role == Database::Role::Writer);
}

Transaction::~Transaction()
{
    if (!m_isOpen)
        return;
    m_database.m_counters.undoTo(m_counted);
    m_database.undo(m_depth);
}

Result<> Transaction::commit()
{
    SG_ASSERT(m_isOpen && m_depth == m_database.m_depth);
    SG_TRY(m_database.end(m_depth));
    m_isOpen = false;
    return {};
}

} // namespace stormglass
