#pragma once

#include "engine/base/json.h"

#include <string>
#include <string_view>

namespace stormglass {

// Walks over a JSON text: space, marks, texts and numbers. The first failure is kept; from then on
// whatever it returns has no meaning.
class JsonLexer
{
public:
    JsonLexer(std::string_view text, const JsonLimits &limits)
        : m_text(text)
        , m_at(text.data())
        , m_end(text.data() + text.size())
        , m_limits(limits)
    {
    }

    bool isAtEnd() const { return m_at == m_end; }
    // Zero at the end, or for a byte of zero.
    char peek() const { return isAtEnd() ? '\0' : *m_at; }
    void skip() { ++m_at; }

    void skipSpace()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }

    // Space and then a mark, which is taken if it is there.
    bool skipTo(char expected)
    {
        skipSpace();
        if (isAtEnd() || *m_at != expected)
            return false;
        ++m_at;
        return true;
    }

    // From a quote on; valid until the next one is read.
    std::string_view string();
    Value number();
    Value word(std::string_view expected, Value meaning);
    // `NaN` and `Infinity`, if they are allowed.
    Value nonFinite(std::string_view name, double number);

    void fail(const char *reason);
    // Fails at another place than where it stands.
    void failAt(const char *at, const char *reason);
    bool hasFailed() const { return m_failure != nullptr; }
    tl::unexpected<Error> refusal() const;

private:
    std::string_view escapedString();
    bool skipSequence();
    void escape();
    void unicodeEscape();
    void surrogate(int high);
    bool isUnicodeEscapeNext() const;
    int hexUnit();
    Value whole(const char *begin);
    Value real(const char *begin);
    bool skipDigits();
    std::size_t position() const { return static_cast<std::size_t>(m_at - m_text.data()); }

    const std::string_view m_text;
    const char *m_at;
    const char *const m_end;
    const JsonLimits &m_limits;
    std::string m_scratch;
    const char *m_failure = nullptr;
    std::size_t m_failedAt = 0;
};

} // namespace stormglass
