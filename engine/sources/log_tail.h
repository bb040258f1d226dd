#pragma once

#include "engine/model/sensor_state.h"

#include <deque>

namespace stormglass {

// The last lines a sensor printed, within bounds: of lines, of bytes, and of what is taken a second
// from one that prints without end.
class LogTail
{
public:
    static constexpr std::size_t linesKept = 1'000;
    static constexpr qsizetype lineLimit = 8 * 1024;

    void add(SensorLogLine::Stream stream, QByteArrayView text, Timestamp now);
    void note(const QString &text, Timestamp now);
    // A line where an event should have been.
    void noteGarbage(QByteArrayView line, const QString &why, Timestamp now);

    // Those after a number (0: all), oldest first.
    std::vector<SensorLogLine> after(std::int64_t number) const;
    std::int64_t dropped() const { return m_dropped; }

private:
    bool mayTake(Timestamp now);
    void push(SensorLogLine::Stream stream, QString text, Timestamp now);

    std::deque<SensorLogLine> m_lines;
    std::int64_t m_lastNumber = 0;
    qsizetype m_characters = 0;
    std::int64_t m_dropped = 0;
    // Of the current second.
    Timestamp m_second;
    int m_takenInSecond = 0;
    std::int64_t m_droppedInSecond = 0;
};

} // namespace stormglass
