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
        // The log was made to start over, which keeps the writer out meanwhile.
        bool restarted = false;
    };
    // Copies what it can without keeping anybody out; beyond `restartBytes` of log it insists.
    Result<Report> run();

    static constexpr qint64 restartBytes = qint64(256) * 1024 * 1024;

private:
    Checkpointer(QString path, sqlite3 *connection);

    QString m_path;
    sqlite3 *m_connection;
};

} // namespace stormglass
