#include "engine/sources/log_tail.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stormglass {

namespace {

constexpr qsizetype charactersKept = 512 * 1024;
constexpr int linesASecond = 500;

} // namespace

void LogTail::add(SensorLogLine::Stream stream, QByteArrayView text, Timestamp now)
{
    if (!mayTake(now))
        return;
    const bool isCut = text.size() > lineLimit;
    QByteArrayView taken = text.first(std::min(text.size(), lineLimit));
    if (taken.endsWith('\r'))
        taken.chop(1);
    QString line = QString::fromUtf8(taken);
    line.replace(QChar(0), QChar(QChar::ReplacementCharacter));
    push(stream, isCut ? line + u" …"_s : line, now);
}

void LogTail::note(const QString &text, Timestamp now)
{
    if (mayTake(now))
        push(SensorLogLine::Stream::Engine, text, now);
}

void LogTail::noteGarbage(QByteArrayView line, const QString &why, Timestamp now)
{
    constexpr qsizetype shown = 200;
    note(u"said what is no event (%1): %2"_s.arg(
             why, QString::fromUtf8(line.first(std::min(line.size(), shown)))),
         now);
}

bool LogTail::mayTake(Timestamp now)
{
    // A clock that was set back begins a new second, too.
    if (now < m_second || now >= m_second + 1s) {
        m_second = now;
        m_takenInSecond = 0;
        if (const std::int64_t dropped = std::exchange(m_droppedInSecond, 0); dropped > 0)
            push(SensorLogLine::Stream::Engine,
                 u"… %1 more lines came too fast to be kept"_s.arg(dropped), now);
    }
    if (m_takenInSecond++ < linesASecond)
        return true;
    ++m_dropped;
    ++m_droppedInSecond;
    return false;
}

void LogTail::push(SensorLogLine::Stream stream, QString text, Timestamp now)
{
    m_characters += text.size();
    m_lines.push_back({++m_lastNumber, now, stream, std::move(text)});
    while (m_lines.size() > linesKept || m_characters > charactersKept) {
        m_characters -= m_lines.front().text.size();
        m_lines.pop_front();
    }
}

std::vector<SensorLogLine> LogTail::after(std::int64_t number) const
{
    const auto first
        = std::partition_point(m_lines.begin(), m_lines.end(),
                               [&](const SensorLogLine &line) { return line.number <= number; });
    return {first, m_lines.end()};
}

} // namespace stormglass
