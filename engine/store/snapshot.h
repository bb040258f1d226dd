#pragma once

#include "engine/store/database.h"

namespace stormglass {

// What is read while it lives is as of one moment, whatever the writer commits meanwhile. Short: it
// holds up checkpoints. The writer always sees its own moment, so on it this does nothing. Thread:
// its database's.
class Snapshot
{
public:
    explicit Snapshot(Database &database);
    ~Snapshot();
    Snapshot(const Snapshot &) = delete;

private:
    // Of a reader; else null. Borrowed.
    Database *m_reader;
};

} // namespace stormglass
