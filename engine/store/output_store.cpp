#include "engine/store/output_store.h"

namespace stormglass {

namespace {

OutputChunk readChunk(Row &row)
{
    return {.execution = row.id(),
            .number = row.integer(),
            .stream = row.text(),
            .data = row.bytes(),
            .time = row.time()};
}

} // namespace

Result<> OutputStore::add(const OutputChunk &chunk)
{
    SG_TRY(m_database.run(
        "INSERT INTO output (execution, number, time, stream, data) VALUES (?1, ?2, ?3, ?4, ?5)",
        chunk.execution, chunk.number, chunk.time, chunk.stream, chunk.data));
    return {};
}

Result<std::vector<OutputChunk>> OutputStore::of(const Id &execution, std::int64_t after, int limit,
                                                 const QString &stream)
{
    return m_database.rows("SELECT execution, number, stream, data, time FROM output "
                           "WHERE execution = ?1 AND number > ?2 AND (?4 = '' OR stream = ?4) "
                           "ORDER BY number LIMIT ?3",
                           readChunk, execution, after, limit, stream);
}

Result<std::int64_t> OutputStore::lastNumber(const Id &execution)
{
    SG_LET(const auto number,
           m_database.row(
               "SELECT number FROM output WHERE execution = ?1 ORDER BY number DESC LIMIT 1",
               [](Row &row) { return row.integer(); }, execution));
    return number.value_or(0);
}

Result<int> OutputStore::removeBefore(Timestamp moment, int limit)
{
    // Rows were added in the order of their time, so the oldest are the first.
    SG_LET(const std::vector<std::int64_t> doomed,
           m_database.rows(
               "SELECT seq FROM (SELECT seq, time FROM output ORDER BY seq LIMIT ?2) AS oldest "
               "WHERE time < ?1",
               [](Row &row) { return row.integer(); }, moment, limit));
    for (const std::int64_t row : doomed)
        SG_TRY(m_database.run("DELETE FROM output WHERE seq = ?1", row));
    return static_cast<int>(doomed.size());
}

} // namespace stormglass
