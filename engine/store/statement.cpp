#include "engine/store/statement.h"

#include "engine/base/json.h"

#include <sqlite3.h>

namespace stormglass {

Statement::Statement(sqlite3_stmt *statement)
    : m_statement(statement)
    // What asks for a setting may change it as far as SQLite knows; ours do not.
    , m_isReadOnly(sqlite3_stmt_readonly(statement) != 0
                   || std::string_view(sqlite3_sql(statement)).starts_with("PRAGMA"))
{
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

void Statement::bind(std::int64_t number)
{
    note(sqlite3_bind_int64(m_statement, m_next, number));
}

void Statement::bind(double number)
{
    note(sqlite3_bind_double(m_statement, m_next, number));
}

void Statement::bind(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    note(sqlite3_bind_text64(m_statement, m_next, utf8.constData(),
                             static_cast<sqlite3_uint64>(utf8.size()), SQLITE_TRANSIENT,
                             SQLITE_UTF8));
}

void Statement::bind(std::string_view text)
{
    // An empty view may point nowhere, which SQLite would take for NULL.
    note(sqlite3_bind_text64(m_statement, m_next, text.empty() ? "" : text.data(), text.size(),
                             SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(const QByteArray &bytes)
{
    note(sqlite3_bind_blob64(m_statement, m_next, bytes.isEmpty() ? "" : bytes.constData(),
                             static_cast<sqlite3_uint64>(bytes.size()), SQLITE_STATIC));
}

void Statement::bind(const Id &id)
{
    if (id.isNull()) {
        bindNull();
        return;
    }
    note(sqlite3_bind_blob(m_statement, m_next, id.bytes().data(),
                           static_cast<int>(id.bytes().size()), SQLITE_TRANSIENT));
}

void Statement::bind(const Value &value)
{
    if (value.isNull())
        bindNull();
    else
        bind(std::string_view(writeJson(value)));
}

void Statement::bindNull()
{
    note(sqlite3_bind_null(m_statement, m_next));
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
    // Bound values may be borrowed; nothing may point at them any longer.
    sqlite3_clear_bindings(m_statement);
    m_next = 1;
    m_bindError = 0;
    m_isBusy = false;
}

void Statement::note(int code)
{
    ++m_next;
    if (code != SQLITE_OK && m_bindError == 0)
        m_bindError = code;
}

} // namespace stormglass
