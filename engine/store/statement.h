#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <QByteArray>

#include <concepts>
#include <optional>
#include <type_traits>

struct sqlite3_stmt;

namespace stormglass {

// A prepared statement of one connection; values are bound from left to right. Ids are kept as
// twelve bytes (half of their hex text in every index, and no conversion), times as whole
// microseconds, JSON as text, booleans as 0 and 1.
class Statement
{
public:
    explicit Statement(sqlite3_stmt *statement);
    ~Statement();
    Statement(const Statement &) = delete;

    void bind(std::int64_t number);
    // bool, and the other names of integers.
    template <std::integral Number>
    void bind(Number number)
    {
        bind(static_cast<std::int64_t>(number));
    }
    void bind(double number);
    void bind(const QString &text);
    void bind(std::string_view text);
    void bind(const std::string &text) { bind(std::string_view(text)); }
    // Borrowed until the statement has run.
    void bind(const QByteArray &bytes);
    // No id is NULL.
    void bind(const Id &id);
    void bind(Timestamp time) { bind(static_cast<std::int64_t>(time.time_since_epoch().count())); }
    void bind(const Ref &ref) { bind(ref.text()); }
    // JSON; null is NULL.
    void bind(const Value &value);
    void bindNull();

    template <typename Choice>
    requires std::is_enum_v<Choice>
    void bind(Choice choice) { bind(static_cast<std::int64_t>(choice)); }

    template <typename T>
    void bind(const std::optional<T> &value)
    {
        if (value)
            bind(*value);
        else
            bindNull();
    }

    sqlite3_stmt *get() const { return m_statement; }
    // What went wrong with a bind since the last reset; 0 if nothing did.
    int bindError() const { return m_bindError; }
    bool isReadOnly() const { return m_isReadOnly; }
    bool isBusy() const { return m_isBusy; }
    void begin() { m_isBusy = true; }
    void reset();

private:
    void note(int code);

    sqlite3_stmt *m_statement;
    int m_next = 1;
    int m_bindError = 0;
    bool m_isReadOnly;
    bool m_isBusy = false;
};

} // namespace stormglass
