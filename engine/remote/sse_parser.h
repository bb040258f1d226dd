#pragma once

#include <QByteArray>

#include <vector>

namespace stormglass {

struct ServerSentEvent
{
    QByteArray name;
    QByteArray data;
    // The last one seen, as the standard has it.
    QByteArray id;
};

// Bytes of an event stream into events, as the HTML standard reads them. Pure.
class SseParser
{
public:
    explicit SseParser(qint64 maxEventBytes);

    std::vector<ServerSentEvent> feed(QByteArrayView bytes);
    // An event was larger than allowed; nothing more comes of this stream.
    bool hasOverflowed() const { return m_hasOverflowed; }

private:
    void endLine(std::vector<ServerSentEvent> &events);

    qint64 m_maxEventBytes;
    QByteArray m_line;
    QByteArray m_name;
    QByteArray m_data;
    QByteArray m_id;
    bool m_hasData = false;
    bool m_wasCarriageReturn = false;
    bool m_isFirstLine = true;
    bool m_hasOverflowed = false;
};

} // namespace stormglass
