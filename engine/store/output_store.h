#pragma once

#include "engine/model/execution.h"
#include "engine/store/database.h"

namespace stormglass {

// What runs printed, in the order it came. Thread: its database's.
class OutputStore
{
public:
    explicit OutputStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const OutputChunk &chunk);
    // The chunks of an execution with a greater number than `after`, all streams or one.
    Result<std::vector<OutputChunk>> of(const Id &execution, std::int64_t after, int limit,
                                        const QString &stream = {});
    // 0 if there is none.
    Result<std::int64_t> lastNumber(const Id &execution);

    // The oldest before a moment; gives how many went. Call again while it is `limit`.
    Result<int> removeBefore(Timestamp moment, int limit);

private:
    Database &m_database;
};

} // namespace stormglass
