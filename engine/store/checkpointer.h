#pragma once

#include "engine/base/result.h"

#include <QString>

#include <memory>

struct sqlite3;

namespace stormglass {

// Copies the write-ahead log into the database from a connection of its own, so that the writer
// does not wait for it. Thread: one, not the writer's: a Reader, every 200 ms or so while there is
// something to do.
class Checkpointer
{
public:
    static Result<std::unique_ptr<Checkpointer>> open(const QString &path);
    ~Checkpointer();
    Checkpointer(const Checkpointer &) = delete;

    struct Report
    {
        // Pages in the log, and how many of them the database has by now.
        int logged = 0;
        int copied = 0;
        // The log starts over: what is written next overwrites it.
        bool restarted = false;
    };
    // Copies what it can without keeping anybody out. A log of `restartBytes` starts over if that
    // keeps the writer out for some milliseconds only, so that it never becomes large: one of
    // `largestBytes` is cut whatever it costs, and to cut that much takes a tenth of a second.
    Result<Report> run();

    static constexpr qint64 restartBytes = qint64(16) * 1024 * 1024;
    static constexpr qint64 largestBytes = qint64(256) * 1024 * 1024;

private:
    Checkpointer(QString path, sqlite3 *connection);
    int checkpoint(int mode, Report &report);
    int restart(int mode, int patience, Report &report);

    QString m_path;
    sqlite3 *m_connection;
};

} // namespace stormglass
