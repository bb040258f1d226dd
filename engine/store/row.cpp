#include "engine/store/row.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"

#include <sqlite3.h>

namespace stormglass {

std::int64_t Row::integer()
{
    return sqlite3_column_int64(m_statement, m_next++);
}

double Row::real()
{
    return sqlite3_column_double(m_statement, m_next++);
}

bool Row::skipNull()
{
    const bool isNull = sqlite3_column_type(m_statement, m_next) == SQLITE_NULL;
    m_next += isNull ? 1 : 0;
    return isNull;
}

std::optional<double> Row::realIfAny()
{
    return skipNull() ? std::nullopt : std::optional(real());
}

QString Row::text()
{
    const std::string_view utf8 = view();
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string_view Row::view()
{
    const int column = m_next++;
    const auto *const start
        = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    if (!start)
        return {};
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

QByteArray Row::bytes()
{
    const int column = m_next++;
    const auto *const start = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(start, start ? sqlite3_column_bytes(m_statement, column) : 0);
}

Id Row::id()
{
    const int column = m_next++;
    const void *const start = sqlite3_column_blob(m_statement, column);
    if (!start)
        return {};
    std::array<std::uint8_t, 12> bytes{};
    if (sqlite3_column_bytes(m_statement, column) != static_cast<int>(bytes.size())) {
        m_isDamaged = true;
        return {};
    }
    std::memcpy(bytes.data(), start, bytes.size());
    return Id(bytes);
}

Timestamp Row::time()
{
    return fromMicroseconds(integer());
}

std::optional<Timestamp> Row::timeIfAny()
{
    if (sqlite3_column_type(m_statement, m_next) != SQLITE_NULL)
        return time();
    ++m_next;
    return std::nullopt;
}

Value Row::json()
{
    if (sqlite3_column_type(m_statement, m_next) == SQLITE_NULL) {
        ++m_next;
        return {};
    }
    // What was small enough to be written must be readable, whatever limits input has today.
    static constexpr JsonLimits limits{
        .depth = 1000, .bytes = std::size_t(1) << 30, .allowNonFinite = true};
    Result<Value> value = readJson(view(), limits);
    if (!value) {
        m_isDamaged = true;
        return {};
    }
    return *std::move(value);
}

} // namespace stormglass
