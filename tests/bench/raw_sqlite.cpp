#include "tests/bench/raw_sqlite.h"

#include "tests/bench/measuring.h"

#include <QTemporaryDir>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int itemsACommit = 100;

class RawDatabase
{
public:
    explicit RawDatabase(const char *schema)
    {
        if (sqlite3_open(m_folder.filePath(u"raw.db"_s).toUtf8().constData(), &m_connection)
            != SQLITE_OK)
            giveUp(u"SQLite opens no file."_s);
        execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        execute(schema);
    }
    ~RawDatabase() { sqlite3_close_v2(m_connection); }
    RawDatabase(const RawDatabase &) = delete;

    void execute(const char *script)
    {
        if (sqlite3_exec(m_connection, script, nullptr, nullptr, nullptr) != SQLITE_OK)
            giveUp(QString::fromUtf8(sqlite3_errmsg(m_connection)));
    }
    sqlite3_stmt *prepare(const char *sql)
    {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(m_connection, sql, -1, &statement, nullptr) != SQLITE_OK)
            giveUp(QString::fromUtf8(sqlite3_errmsg(m_connection)));
        return statement;
    }
    // `work(i)` for each item.
    template <typename Work>
    double itemsPerSecond(int items, Work work)
    {
        const Stopwatch watch;
        for (int i = 0; i < items; i += itemsACommit) {
            execute("BEGIN IMMEDIATE");
            for (int j = i; j < std::min(i + itemsACommit, items); ++j)
                work(j);
            execute("COMMIT");
        }
        return items / watch.seconds();
    }

private:
    QTemporaryDir m_folder;
    sqlite3 *m_connection = nullptr;
};

void bindId(sqlite3_stmt *statement, int place, int number)
{
    // Growing, like those the engine makes.
    const unsigned char id[12] = {0x65,
                                  0xe1,
                                  0xa7,
                                  0x00,
                                  1,
                                  2,
                                  3,
                                  4,
                                  5,
                                  static_cast<unsigned char>(number >> 16),
                                  static_cast<unsigned char>(number >> 8),
                                  static_cast<unsigned char>(number)};
    sqlite3_bind_blob(statement, place, id, sizeof id, SQLITE_TRANSIENT);
}

void step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        giveUp(u"SQLite does not write."_s);
    sqlite3_reset(statement);
}

} // namespace

double rawInsertsPerSecond(int rows, const std::string &payload)
{
    RawDatabase database("CREATE TABLE event (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, "
                         "status INTEGER NOT NULL, payload TEXT NOT NULL)");
    sqlite3_stmt *insert
        = database.prepare("INSERT INTO event (id, status, payload) VALUES (?1, 2, ?2)");
    const double rate = database.itemsPerSecond(rows, [&](int i) {
        bindId(insert, 1, i);
        sqlite3_bind_text(insert, 2, payload.data(), static_cast<int>(payload.size()),
                          SQLITE_STATIC);
        step(insert);
    });
    sqlite3_finalize(insert);
    return rate;
}

double rawRowLivesPerSecond(int rows)
{
    RawDatabase database(
        "CREATE TABLE execution (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, status INTEGER "
        "NOT NULL, action TEXT NOT NULL, parameters TEXT NOT NULL);"
        "CREATE TABLE result (id BLOB PRIMARY KEY, result TEXT NOT NULL) WITHOUT ROWID");
    sqlite3_stmt *insert = database.prepare("INSERT INTO execution (id, status, action, "
                                            "parameters) VALUES (?1, 0, 'core.noop', '{}')");
    sqlite3_stmt *update = database.prepare("UPDATE execution SET status = ?2 WHERE id = ?1");
    sqlite3_stmt *result = database.prepare("INSERT INTO result (id, result) VALUES (?1, 'null')");
    const double rate = database.itemsPerSecond(rows, [&](int i) {
        bindId(insert, 1, i);
        step(insert);
        for (int status = 1; status <= 3; ++status) {
            bindId(update, 1, i);
            sqlite3_bind_int(update, 2, status);
            step(update);
        }
        bindId(result, 1, i);
        step(result);
    });
    for (sqlite3_stmt *statement : {insert, update, result})
        sqlite3_finalize(statement);
    return rate;
}

} // namespace stormglass::bench
