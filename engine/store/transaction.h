#pragma once

#include "engine/store/database.h"

namespace stormglass {

// What is written while it lives is kept together or not at all; undone unless committed. One
// inside another is a savepoint: undone alone, kept only with the outermost. Thread: Engine.
class Transaction
{
public:
    explicit Transaction(Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;

    // Durable on return if this is the outermost. On an error everything has been undone.
    Result<> commit();

private:
    Database &m_database;
    const int m_depth;
    const Counters::Mark m_counted;
    bool m_isOpen = true;
};

} // namespace stormglass
