#include "engine/store/snapshot.h"

namespace stormglass {

Snapshot::Snapshot(Database &database)
    : m_reader(database.m_role == Database::Role::Reader ? &database : nullptr)
{
    // It begins with the first thing read; if it cannot begin, each read has a moment of its own.
    if (m_reader && !m_reader->control("BEGIN"))
        m_reader = nullptr;
}

Snapshot::~Snapshot()
{
    if (m_reader)
        (void)m_reader->control("COMMIT");
}

} // namespace stormglass
