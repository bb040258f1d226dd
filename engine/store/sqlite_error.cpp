#include "engine/store/sqlite_error.h"

#include <sqlite3.h>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

Error damagedFile(const QString &message, const QString &path)
{
    return {ErrorCode::Internal,
            u"The database %1 is damaged (%2). Stop the program, keep a copy of the file, and put "
            u"a backup in its "
            "place; \"sqlite3 FILE .recover\" saves what can still be read."_s.arg(path, message)};
}

Error withoutSpace(const QString &message, const QString &path)
{
    return {
        ErrorCode::Unavailable,
        u"The disk that holds %1 is full (%2). Free some space; work then goes on by itself."_s.arg(
            path, message)};
}

Error notWritable(const QString &message, const QString &path)
{
    return {ErrorCode::Unavailable,
            u"The database %1 cannot be opened for writing (%2). Make the file and its folder "
            u"writable for this "
            "user."_s.arg(path, message)};
}

} // namespace

Error sqliteError(int code, const QString &message, const QString &path)
{
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return {ErrorCode::Conflict, u"There is such a row already (%1)."_s.arg(message)};
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return damagedFile(message, path);
    case SQLITE_FULL:
        return withoutSpace(message, path);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return notWritable(message, path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Unavailable,
                u"The database %1 is busy (%2). Try again."_s.arg(path, message)};
    case SQLITE_INTERRUPT:
        return {ErrorCode::Timeout,
                u"Reading from %1 took too long. Ask for less, or with a filter."_s.arg(path)};
    case SQLITE_TOOBIG:
        return {ErrorCode::Invalid, u"This is too large to be stored (%1)."_s.arg(message)};
    case SQLITE_IOERR:
        return {ErrorCode::Unavailable,
                u"Reading or writing the database %1 failed (%2). Check the disk."_s.arg(path,
                                                                                         message)};
    default:
        return {ErrorCode::Internal,
                u"The database %1 refused a statement (%2)."_s.arg(path, message)};
    }
}

Error sqliteError(sqlite3 *connection, const QString &path)
{
    if (!connection)
        return sqliteError(SQLITE_NOMEM, QStringLiteral("out of memory"), path);
    return sqliteError(sqlite3_extended_errcode(connection),
                       QString::fromUtf8(sqlite3_errmsg(connection)), path);
}

} // namespace stormglass
