#include "engine/store/database.h"

#include <sqlite3.h>

namespace stormglass {

namespace {

// Addresses matter: statements are kept under them.
constexpr const char *beginAt(int depth)
{
    return depth == 1 ? "BEGIN IMMEDIATE" : "SAVEPOINT item";
}

constexpr const char *commitAt(int depth)
{
    return depth == 1 ? "COMMIT" : "RELEASE item";
}

constexpr const char *undoAt(int depth)
{
    return depth == 1 ? "ROLLBACK" : "ROLLBACK TO item";
}

} // namespace

Result<> Database::openTransactions()
{
    while (m_opened < m_depth) {
        SG_TRY(control(beginAt(m_opened + 1)));
        ++m_opened;
    }
    return {};
}

Result<> Database::end(int depth)
{
    if (m_lost)
        return failure(*m_lost);
    if (m_opened == depth) {
        if (depth == 1)
            SG_TRY(writeCounters());
        SG_TRY(mayCall());
        SG_TRY(control(commitAt(depth)));
        --m_opened;
    }
    m_depth = depth - 1;
    if (m_depth == 0)
        m_counters.clear();
    return {};
}

void Database::undo(int depth)
{
    if (m_opened == depth) {
        // Without the savepoint there would be no telling what is kept: then everything goes.
        const bool isUndone = control(undoAt(depth)) && (depth == 1 || control(commitAt(depth)));
        --m_opened;
        ++m_undoings;
        if (!isUndone && depth > 1)
            abandon();
    }
    m_depth = depth - 1;
    if (m_depth == 0)
        m_lost.reset();
}

// SQLite undoes a whole transaction by itself when the disk is full or fails. Whoever still works
// within it must not go on as if its earlier items were there.
void Database::noticeLoss(const Error &error)
{
    if (m_opened == 0 || sqlite3_get_autocommit(m_connection) == 0)
        return;
    m_opened = 0;
    ++m_undoings;
    m_lost = error;
}

void Database::abandon()
{
    const Error error = lastError();
    (void)control("ROLLBACK");
    m_opened = 0;
    m_lost = error;
}

Result<> Database::control(const char *sql)
{
    SG_LET(Statement *const statement, kept(sql));
    const Use use(*statement);
    SG_TRY(step(*statement));
    return {};
}

void Database::count(std::string_view kind, std::string_view key, std::int64_t difference)
{
    SG_ASSERT(m_depth > 0);
    m_counters.add(kind, key, difference);
}

Result<> Database::writeCounters()
{
    for (const Counters::Difference &change : m_counters.differences()) {
        SG_TRY(
            run("INSERT INTO counter (kind, key, number) VALUES (?1, ?2, ?3) "
                "ON CONFLICT (kind, key) DO UPDATE SET number = counter.number + excluded.number",
                change.kind, change.key, change.difference));
    }
    return {};
}

Result<std::int64_t> Database::counted(std::string_view kind, std::string_view key)
{
    SG_LET(const auto number,
           row(
               "SELECT number FROM counter WHERE kind = ?1 AND key = ?2",
               [](Row &row) { return row.integer(); }, kind, key));
    return number.value_or(0);
}

Result<std::vector<Database::Count>> Database::countedByKey(std::string_view kind)
{
    return rows(
        "SELECT key, number FROM counter WHERE kind = ?1 AND number <> 0 ORDER BY key",
        [](Row &row) { return Count{.key = row.text(), .number = row.integer()}; }, kind);
}

} // namespace stormglass
