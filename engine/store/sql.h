#pragma once

namespace stormglass {

// The text of a statement: always a literal, so it can neither be joined from input nor change
// while a prepared statement is kept under its address.
class Sql
{
public:
    consteval Sql(const char *text)
        : m_text(text)
    {
    }
    const char *text() const { return m_text; }

private:
    const char *m_text;
};

} // namespace stormglass
