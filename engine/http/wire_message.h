#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

enum class Method { Get, Post, Put, Delete, Options, Head, Other, Unknown };

// One request as it stood on the wire. Its memory is kept from request to request.
class WireMessage
{
public:
    Method method = Method::Unknown;
    bool isHttp10 = false;
    bool keepsAlive = false;
    bool isChunked = false;
    bool hasHost = false;
    bool expectsContinue = false;
    bool hasOtherExpectation = false;
    std::optional<std::uint64_t> contentLength = {};

    void clear();
    void setTarget(std::string_view target);
    // The name is kept in lower case.
    void addField(std::string_view name, std::string_view value);

    std::string_view target() const { return view(m_target); }
    std::size_t fieldCount() const { return m_fields.size(); }
    std::string_view name(std::size_t at) const { return view(m_fields[at].name); }
    std::string_view value(std::size_t at) const { return view(m_fields[at].value); }
    // The first of this (lower case) name; empty if there is none.
    std::string_view value(std::string_view name) const;

    // Bodies that arrive in one piece stay where they are: valid until the parser is fed again.
    std::string_view body() const
    {
        return m_pieces.empty() ? m_whole : std::string_view(m_pieces);
    }
    void setWholeBody(std::string_view body) { m_whole = body; }
    void appendBody(std::string_view piece) { m_pieces.append(piece); }
    // Held here, not in the buffer it came in.
    std::size_t bodyBytes() const { return m_pieces.size(); }

private:
    struct Span
    {
        std::uint32_t at = 0;
        std::uint32_t length = 0;
    };
    struct Field
    {
        Span name;
        Span value;
    };

    std::string_view view(Span span) const
    {
        return std::string_view(m_text).substr(span.at, span.length);
    }
    Span keep(std::string_view text);

    std::string m_text;
    Span m_target;
    std::vector<Field> m_fields;
    std::string_view m_whole;
    std::string m_pieces;
};

} // namespace stormglass
