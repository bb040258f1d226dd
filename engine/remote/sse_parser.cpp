#include "engine/remote/sse_parser.h"

namespace stormglass {

SseParser::SseParser(qint64 maxEventBytes)
    : m_maxEventBytes(maxEventBytes)
{
}

std::vector<ServerSentEvent> SseParser::feed(QByteArrayView bytes)
{
    std::vector<ServerSentEvent> events;
    for (const char c : bytes) {
        if (m_hasOverflowed)
            break;
        const bool endsCarriageReturn = c == '\n' && m_wasCarriageReturn;
        m_wasCarriageReturn = c == '\r';
        if (endsCarriageReturn)
            continue;
        if (c == '\n' || c == '\r')
            endLine(events);
        else
            m_line.append(c);
        m_hasOverflowed = m_line.size() + m_data.size() > m_maxEventBytes;
    }
    return events;
}

void SseParser::endLine(std::vector<ServerSentEvent> &events)
{
    QByteArray line = std::exchange(m_line, {});
    if (std::exchange(m_isFirstLine, false) && line.startsWith("\xef\xbb\xbf"))
        line.remove(0, 3);
    if (line.isEmpty()) {
        if (m_hasData)
            events.push_back({m_name, m_data.chopped(1), m_id});
        m_name.clear();
        m_data.clear();
        m_hasData = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray field = colon < 0 ? line : line.first(colon);
    QByteArray value = colon < 0 ? QByteArray() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (field == "event") {
        m_name = value;
    } else if (field == "data") {
        m_data.append(value).append('\n');
        m_hasData = true;
    } else if (field == "id" && !value.contains('\0')) {
        m_id = value;
    }
}

} // namespace stormglass
