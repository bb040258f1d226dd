#include "engine/http/wire_message.h"

#include "engine/http/url_text.h"

namespace stormglass {

void WireMessage::clear()
{
    constexpr std::size_t worthKeeping = 64 * 1024;
    std::string text = std::move(m_text);
    std::string pieces = std::move(m_pieces);
    std::vector<Field> fields = std::move(m_fields);
    text.clear();
    fields.clear();
    pieces.clear();
    *this = WireMessage();
    m_text = std::move(text);
    m_fields = std::move(fields);
    if (pieces.capacity() <= worthKeeping)
        m_pieces = std::move(pieces);
}

WireMessage::Span WireMessage::keep(std::string_view text)
{
    const Span span{static_cast<std::uint32_t>(m_text.size()),
                    static_cast<std::uint32_t>(text.size())};
    m_text.append(text);
    return span;
}

void WireMessage::setTarget(std::string_view target)
{
    m_target = keep(target);
}

void WireMessage::addField(std::string_view name, std::string_view value)
{
    const Span kept = keep(name);
    for (std::size_t at = kept.at; at < m_text.size(); ++at)
        m_text[at] = asciiLower(m_text[at]);
    m_fields.push_back({kept, keep(value)});
}

std::string_view WireMessage::value(std::string_view name) const
{
    for (const Field &field : m_fields) {
        if (view(field.name) == name)
            return view(field.value);
    }
    return {};
}

} // namespace stormglass
