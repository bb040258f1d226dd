#pragma once

#include "engine/base/result.h"
#include "engine/store/counters.h"
#include "engine/store/row.h"
#include "engine/store/sql.h"
#include "engine/store/statement.h"

#include <QStringList>

#include <memory>
#include <type_traits>
#include <unordered_map>
#include <vector>

struct sqlite3;

namespace stormglass {

class DataLock;

// One connection to the database: opens it, keeps prepared statements, executes. Alone in this, so
// that tests can let any call fail. The writer changes rows only inside a Transaction. Thread: one;
// the writer's is Engine, a reader's is its Reader.
class Database
{
public:
    // Creates the file if there is none, takes the lock of its folder, brings the schema up to
    // date.
    static Result<std::unique_ptr<Database>> openWriter(const QString &path);
    // A second writer for one short transaction, while another program may hold the folder's lock:
    // making an API key for a daemon that runs. That program must be of the same schema.
    static Result<std::unique_ptr<Database>> openBeside(const QString &path);
    // Sees what the writer has committed. The writer must have been opened before.
    static Result<std::unique_ptr<Database>> openReader(const QString &path);
    // A writer without a file, gone when it is closed; for tests.
    static Result<std::unique_ptr<Database>> openMemory();

    ~Database();
    Database(const Database &) = delete;

    // Executes; gives the number of rows changed.
    template <typename... Values>
    Result<std::int64_t> run(Sql sql, const Values &...values)
    {
        SG_LET(const Use use, prepare(sql));
        (use->bind(values), ...);
        return finish(*use);
    }

    // Everything the statement finds, each row as `read(Row &)` makes it.
    template <typename Read, typename... Values>
    auto rows(Sql sql, Read read, const Values &...values)
        -> Result<std::vector<std::invoke_result_t<Read, Row &>>>
    {
        SG_LET(const Use use, prepare(sql));
        (use->bind(values), ...);
        std::vector<std::invoke_result_t<Read, Row &>> found;
        Row row(use->get());
        for (;;) {
            SG_LET(const bool isRow, step(*use));
            if (!isRow)
                return found;
            row.rewind();
            found.push_back(read(row));
            if (row.isDamaged()) [[unlikely]]
                return damaged(sql);
        }
    }

    // The first row, or none.
    template <typename Read, typename... Values>
    auto row(Sql sql, Read read, const Values &...values)
        -> Result<std::optional<std::invoke_result_t<Read, Row &>>>
    {
        SG_LET(const Use use, prepare(sql));
        (use->bind(values), ...);
        SG_LET(const bool isRow, step(*use));
        if (!isRow)
            return std::nullopt;
        Row row(use->get());
        std::optional<std::invoke_result_t<Read, Row &>> found(read(row));
        if (row.isDamaged()) [[unlikely]]
            return damaged(sql);
        return found;
    }

    // Several statements without values: for migrations and settings of the connection, not for
    // rows.
    Result<> execute(const std::string &script);

    // Bytes of the file, and those of them that hold something: what is removed leaves room for
    // what comes.
    struct Size
    {
        std::int64_t allocated = 0;
        std::int64_t used = 0;
    };
    Result<Size> size();

    // Of the row inserted last.
    std::int64_t lastRow() const;

    // Rows are counted as they come and go, and written with the transaction that caused it.
    void count(std::string_view kind, std::string_view key, std::int64_t difference);
    // As committed.
    Result<std::int64_t> counted(std::string_view kind, std::string_view key);
    struct Count
    {
        QString key;
        std::int64_t number = 0;
        friend bool operator==(const Count &, const Count &) = default;
    };
    Result<std::vector<Count>> countedByKey(std::string_view kind);

    // Grows whenever something is undone: what was remembered of rows written before may be wrong
    // then.
    std::uint64_t undoings() const { return m_undoings; }
    const QString &path() const { return m_path; }

    // For tests: what each statement prepared so far does to find its rows, with its text in front.
    QStringList plans();
    // For tests: calls are counted from here on, and the `number`th and all that follow (or it
    // alone) fail.
    enum class FaultSpan { One, AllFromThen };
    void failCall(std::int64_t number, Error error, FaultSpan span = FaultSpan::One);
    std::int64_t callsSinceFault() const { return m_calls; }

private:
    friend class Transaction;
    friend class Snapshot;

    // Resets the statement when its use ends, however that is.
    class Use
    {
    public:
        explicit Use(Statement &statement)
            : m_statement(&statement)
        {
            statement.begin();
        }
        Use(Use &&other) noexcept
            : m_statement(std::exchange(other.m_statement, nullptr))
        {
        }
        ~Use()
        {
            if (m_statement)
                m_statement->reset();
        }
        Statement *operator->() const { return m_statement; }
        Statement &operator*() const { return *m_statement; }

    private:
        Statement *m_statement;
    };

    enum class Role { Writer, Reader };
    Database(QString path, Role role);
    static Result<std::unique_ptr<Database>> open(const QString &path, Role role);
    Result<> connect();
    Result<> setUp();
    // A statement of a reader that takes too long is given up.
    static int giveUpIfLong(void *database);
    Result<Use> prepare(Sql sql);
    Result<Statement *> kept(const char *sql);
    Result<bool> step(Statement &statement);
    Result<std::int64_t> finish(Statement &statement);
    tl::unexpected<Error> damaged(Sql sql) const;
    Error lastError() const;
    // What a test has ordered, or what made SQLite undo the whole transaction.
    Result<> mayCall();

    // Transactions open in SQLite only when something is written, so an idle one costs nothing.
    Result<> openTransactions();
    Result<> end(int depth);
    void undo(int depth);
    Result<> control(const char *statement);
    Result<> writeCounters();
    void noticeLoss(const Error &error);
    void abandon();

    QString m_path;
    Role m_role;
    std::unique_ptr<DataLock> m_lock;
    sqlite3 *m_connection = nullptr;
    std::unordered_map<const char *, std::unique_ptr<Statement>> m_statements;
    Counters m_counters;
    std::uint64_t m_undoings = 0;
    // How many Transaction objects there are, and how many of them SQLite knows of.
    int m_depth = 0;
    int m_opened = 0;
    std::optional<Error> m_lost;
    int m_patience = 0;
    std::int64_t m_calls = 0;
    std::int64_t m_failAt = 0;
    FaultSpan m_failSpan = FaultSpan::One;
    Error m_fault;
};

} // namespace stormglass
