#include "engine/store/database.h"

#include "engine/store/data_lock.h"
#include "engine/store/migrations.h"
#include "engine/store/sqlite_error.h"

#include <QFile>

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

namespace stormglass {

namespace {

const QString memoryPath = QStringLiteral(":memory:");

// A checkpoint that restarts the log keeps the writer out for as long as it takes to copy it.
constexpr int writerPatience = 15'000;
constexpr int readerPatience = 5'000;

// Secrets are in it, so nobody else may read it; SQLite gives its other files the same rights.
void createFileForOwnerOnly(const QString &path)
{
    const int descriptor
        = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
}

// Nobody asks how much memory SQLite uses, and counting takes a lock at each allocation: a tenth of
// all work.
void configureOnce()
{
    static const int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)result;
}

// A reader's statement may take this many turns of this many of SQLite's instructions: a few
// seconds. Counted rather than timed, so that a slow machine gets its answer too.
constexpr int instructionsPerTurn = 100'000;
constexpr int turns = 1'000;

} // namespace

Database::Database(QString path, Role role)
    : m_path(std::move(path))
    , m_role(role)
{
}

Database::~Database()
{
    SG_ASSERT(m_depth == 0);
    m_statements.clear();
    sqlite3_close(m_connection);
}

Result<std::unique_ptr<Database>> Database::openWriter(const QString &path)
{
    SG_LET(std::unique_ptr<DataLock> lock, DataLock::take(path));
    createFileForOwnerOnly(path);
    SG_LET(std::unique_ptr<Database> database, open(path, Role::Writer));
    database->m_lock = std::move(lock);
    SG_TRY(migrate(*database));
    return database;
}

Result<std::unique_ptr<Database>> Database::openBeside(const QString &path)
{
    Result<std::unique_ptr<Database>> alone = openWriter(path);
    if (alone || alone.error().code != ErrorCode::Conflict)
        return alone;
    SG_LET(std::unique_ptr<Database> database, open(path, Role::Writer));
    // Changes nothing where the schema is this program's; refuses another.
    SG_TRY(migrate(*database));
    return database;
}

Result<std::unique_ptr<Database>> Database::openReader(const QString &path)
{
    return open(path, Role::Reader);
}

Result<std::unique_ptr<Database>> Database::openMemory()
{
    SG_LET(std::unique_ptr<Database> database, open(memoryPath, Role::Writer));
    SG_TRY(migrate(*database));
    return database;
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, Role role)
{
    std::unique_ptr<Database> database(new Database(path, role));
    SG_TRY(database->connect());
    SG_TRY(database->setUp());
    return database;
}

Result<> Database::connect()
{
    configureOnce();
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        | (m_role == Role::Writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                  : SQLITE_OPEN_READONLY);
    const QByteArray file = QFile::encodeName(m_path);
    if (sqlite3_open_v2(file.constData(), &m_connection, flags, nullptr) != SQLITE_OK)
        return failure(lastError());
    sqlite3_busy_timeout(m_connection, m_role == Role::Writer ? writerPatience : readerPatience);
    sqlite3_db_config(m_connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // Plans do not hang on bound values: where partial indexes are, SQLite would otherwise prepare a
    // statement anew each time it is bound.
    sqlite3_db_config(m_connection, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    return {};
}

Result<> Database::setUp()
{
    SG_TRY(execute("PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824;"));
    if (m_role == Role::Reader) {
        sqlite3_progress_handler(m_connection, instructionsPerTurn, &Database::giveUpIfLong, this);
        return execute("PRAGMA query_only = 1; PRAGMA cache_size = -16384;");
    }
    // A row can be read in full by whoever is given the file; what is deleted must not stay
    // readable for ever.
    SG_TRY(execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; "
        "PRAGMA cache_size = -65536; PRAGMA secure_delete = FAST; PRAGMA foreign_keys = 0;"));
    // SQLite falls back to another journal without an error where it cannot have this one.
    SG_LET(const auto mode, row("PRAGMA journal_mode", [](Row &row) { return row.text(); }));
    const bool isWal = mode == QStringLiteral("wal") || m_path == memoryPath;
    return isWal
        ? Result<>()
        : failure(sqliteError(SQLITE_READONLY, QStringLiteral("no write-ahead log"), m_path));
}

Result<> Database::execute(const std::string &script)
{
    SG_TRY(mayCall());
    SG_TRY(openTransactions());
    if (sqlite3_exec(m_connection, script.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK)
        return {};
    const Error error = lastError();
    noticeLoss(error);
    return failure(error);
}

Result<Statement *> Database::kept(const char *sql)
{
    std::unique_ptr<Statement> &statement = m_statements[sql];
    if (!statement) {
        sqlite3_stmt *prepared = nullptr;
        if (sqlite3_prepare_v3(m_connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr)
            != SQLITE_OK) {
            m_statements.erase(sql);
            return failure(lastError());
        }
        statement = std::make_unique<Statement>(prepared);
    }
    return statement.get();
}

int Database::giveUpIfLong(void *database)
{
    return --static_cast<Database *>(database)->m_patience < 0 ? 1 : 0;
}

QStringList Database::plans()
{
    QStringList plans;
    for (const auto &[text, statement] : m_statements) {
        sqlite3_stmt *explain = nullptr;
        const QByteArray sql = QByteArray("EXPLAIN QUERY PLAN ") + text;
        if (sqlite3_prepare_v2(m_connection, sql.constData(), -1, &explain, nullptr) != SQLITE_OK)
            continue; // BEGIN and its like have none
        const Statement owner(explain);
        QString plan = QString::fromUtf8(text);
        while (sqlite3_step(explain) == SQLITE_ROW)
            plan += QStringLiteral("\n    ")
                + QString::fromUtf8(
                        reinterpret_cast<const char *>(sqlite3_column_text(explain, 3)));
        plans.append(plan);
    }
    return plans;
}

Result<Database::Use> Database::prepare(Sql sql)
{
    m_patience = turns;
    SG_TRY(mayCall());
    SG_LET(Statement *const statement, kept(sql.text()));
    // A statement that reads cannot be used again by whoever looks at its rows.
    SG_ASSERT(!statement->isBusy());
    if (!statement->isReadOnly()) {
        SG_ASSERT(m_depth > 0);
        SG_TRY(openTransactions());
    }
    return Use(*statement);
}

Result<bool> Database::step(Statement &statement)
{
    if (statement.bindError() != 0)
        return failure(
            sqliteError(statement.bindError(), QStringLiteral("a value does not fit"), m_path));
    const int code = sqlite3_step(statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    const Error error = lastError();
    noticeLoss(error);
    return failure(error);
}

Result<std::int64_t> Database::finish(Statement &statement)
{
    SG_LET(bool isRow, step(statement));
    while (isRow) {
        SG_LET(isRow, step(statement));
    }
    return sqlite3_changes64(m_connection);
}

Result<Database::Size> Database::size()
{
    const auto number = [this](Sql sql) -> Result<std::int64_t> {
        SG_LET(const auto found, row(sql, [](Row &row) { return row.integer(); }));
        return found.value_or(0);
    };
    SG_LET(const std::int64_t pageBytes, number("PRAGMA page_size"));
    SG_LET(const std::int64_t pages, number("PRAGMA page_count"));
    SG_LET(const std::int64_t free, number("PRAGMA freelist_count"));
    return Size{pages * pageBytes, (pages - free) * pageBytes};
}

std::int64_t Database::lastRow() const
{
    return sqlite3_last_insert_rowid(m_connection);
}

Error Database::lastError() const
{
    return sqliteError(m_connection, m_path);
}

tl::unexpected<Error> Database::damaged(Sql sql) const
{
    return failure(ErrorCode::Internal,
                   QStringLiteral("The database %1 holds a row that cannot be read (%2).")
                       .arg(m_path, QString::fromUtf8(sql.text())));
}

Result<> Database::mayCall()
{
    if (m_lost)
        return failure(*m_lost);
    ++m_calls;
    const bool fails = m_failSpan == FaultSpan::One ? m_calls == m_failAt : m_calls >= m_failAt;
    return m_failAt > 0 && fails ? failure(m_fault) : Result<>();
}

void Database::failCall(std::int64_t number, Error error, FaultSpan span)
{
    m_calls = 0;
    m_failAt = number;
    m_fault = std::move(error);
    m_failSpan = span;
}

} // namespace stormglass
