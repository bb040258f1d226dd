#include "engine/store/checkpointer.h"

#include "engine/store/sqlite_error.h"

#include <QFile>

#include <sqlite3.h>

namespace stormglass {

namespace {

// Milliseconds that a restart waits for others, with the writer kept out meanwhile.
constexpr int gentle = 10;
constexpr int insistent = 100;
// Pages that may be left to copy when the writer is kept out: a few milliseconds.
constexpr int fewPages = 2'000;
// The engine's databases have SQLite's own page size.
constexpr std::int64_t pageBytes = 4096;

} // namespace

Checkpointer::Checkpointer(QString path, sqlite3 *connection)
    : m_path(std::move(path))
    , m_connection(connection)
{
}

Checkpointer::~Checkpointer()
{
    sqlite3_close(m_connection);
}

Result<std::unique_ptr<Checkpointer>> Checkpointer::open(const QString &path)
{
    sqlite3 *connection = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code
        = sqlite3_open_v2(QFile::encodeName(path).constData(), &connection, flags, nullptr);
    std::unique_ptr<Checkpointer> checkpointer(new Checkpointer(path, connection));
    if (code != SQLITE_OK)
        return failure(sqliteError(connection, path));
    sqlite3_busy_timeout(connection, insistent);
    // Until the schema has been read, SQLite does not know that there is a log.
    if (sqlite3_exec(connection, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr)
        != SQLITE_OK)
        return failure(sqliteError(connection, path));
    return checkpointer;
}

int Checkpointer::checkpoint(int mode, Report &report)
{
    return sqlite3_wal_checkpoint_v2(m_connection, nullptr, mode, &report.logged, &report.copied);
}

// Once more at the end of what was copied, with the writer kept out: then nothing is left, and it
// begins at the log's start.
int Checkpointer::restart(int mode, int patience, Report &report)
{
    sqlite3_busy_timeout(m_connection, patience);
    const int code = checkpoint(mode, report);
    report.restarted = code == SQLITE_OK;
    return code;
}

Result<Checkpointer::Report> Checkpointer::run()
{
    const bool isTooLarge = QFile(m_path + QStringLiteral("-wal")).size() > largestBytes;
    Report report;
    int code = checkpoint(SQLITE_CHECKPOINT_PASSIVE, report);
    const bool isLong = report.logged * pageBytes > restartBytes;
    // More is left if a reader still looks at an old moment; to wait for it is not worth it yet.
    const bool isNearlyCopied = report.logged - report.copied < fewPages;
    if (code == SQLITE_OK && isTooLarge)
        code = restart(SQLITE_CHECKPOINT_TRUNCATE, insistent, report);
    else if (code == SQLITE_OK && isLong && isNearlyCopied)
        code = restart(SQLITE_CHECKPOINT_RESTART, gentle, report);
    // A reader that takes long, or the writer at its commit: next time.
    if ((code & 0xff) == SQLITE_BUSY)
        return report;
    if (code != SQLITE_OK)
        return failure(sqliteError(m_connection, m_path));
    return report;
}

} // namespace stormglass
