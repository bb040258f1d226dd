#include "engine/store/checkpointer.h"

#include "engine/store/sqlite_error.h"

#include <QFile>

#include <sqlite3.h>

namespace stormglass {

namespace {

// How long a restart waits for readers to finish what they read, with the writer waiting too.
constexpr int patience = 100;

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
    sqlite3_busy_timeout(connection, patience);
    // Until the schema has been read, SQLite does not know that there is a log.
    if (sqlite3_exec(connection, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr)
        != SQLITE_OK)
        return failure(sqliteError(connection, path));
    return checkpointer;
}

Result<Checkpointer::Report> Checkpointer::run()
{
    const bool restarts = QFile(m_path + QStringLiteral("-wal")).size() > restartBytes;
    Report report{.restarted = restarts};
    int code = sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                         &report.logged, &report.copied);
    // Most has been copied by now, so what keeps the writer out is short.
    if (restarts && code == SQLITE_OK)
        code = sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                         &report.logged, &report.copied);
    // A reader that takes long, or the writer at its commit: next time.
    if ((code & 0xff) == SQLITE_BUSY)
        return Report{.logged = report.logged, .copied = report.copied};
    if (code != SQLITE_OK)
        return failure(sqliteError(m_connection, m_path));
    return report;
}

} // namespace stormglass
