#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <QByteArray>

#include <optional>

struct sqlite3_stmt;

namespace stormglass {

// The columns of one row, read from left to right in the order of the SELECT; so a struct is read
// by naming its members in that order. What cannot be what it should marks the row as damaged,
// which the database reports.
class Row
{
public:
    explicit Row(sqlite3_stmt *statement)
        : m_statement(statement)
    {
    }

    std::int64_t integer();
    int number() { return static_cast<int>(integer()); }
    bool flag() { return integer() != 0; }
    double real();
    std::optional<double> realIfAny();
    QString text();
    // Valid until the next row.
    std::string_view view();
    QByteArray bytes();
    Id id();
    Timestamp time();
    std::optional<Timestamp> timeIfAny();
    Ref ref() { return Ref::fromText(text()); }
    // NULL is null.
    Value json();

    template <typename Choice>
    Choice choice(Choice last)
    {
        const std::int64_t number = integer();
        if (number < 0 || number > static_cast<std::int64_t>(last)) {
            m_isDamaged = true;
            return Choice{};
        }
        return static_cast<Choice>(number);
    }

    // NULL is none.
    template <typename Choice>
    std::optional<Choice> choiceIfAny(Choice last)
    {
        return skipNull() ? std::nullopt : std::optional(choice(last));
    }

    bool isDamaged() const { return m_isDamaged; }
    void markDamaged() { m_isDamaged = true; }
    void rewind() { m_next = 0; }

private:
    // Passes over the column if it is NULL.
    bool skipNull();

    sqlite3_stmt *m_statement;
    int m_next = 0;
    bool m_isDamaged = false;
};

} // namespace stormglass
