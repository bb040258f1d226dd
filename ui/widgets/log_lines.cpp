#include "ui/widgets/log_lines.h"

namespace stormglass::ui {

namespace {

std::size_t weight(const LogLine &line)
{
    return sizeof(LogLine)
        + static_cast<std::size_t>(line.content.text.size() + line.stamp.size()) * 2
        + line.content.spans.size() * sizeof(AnsiSpan);
}

} // namespace

std::size_t LogLines::append(LogChannel channel, const QByteArray &bytes, const QString &stamp)
{
    Channel &state = channelOf(channel);
    const QString text = state.decoder.decode(bytes);
    std::size_t added = 0;
    qsizetype from = 0;
    for (qsizetype end = text.indexOf(QLatin1Char('\n')); end >= 0;
         end = text.indexOf(QLatin1Char('\n'), from)) {
        if (!state.isSkipping)
            push(channel, state.rest + text.mid(from, end - from), stamp);
        added += state.isSkipping ? 0 : 1;
        state.rest.clear();
        state.isSkipping = false;
        from = end + 1;
    }
    if (state.isSkipping)
        return added;
    state.rest += QStringView(text).mid(from);
    // A line without an end is shown as far as it is kept, and the rest of it passed over.
    if (state.rest.size() > maximumLength) {
        push(channel, state.rest, stamp);
        state.rest.clear();
        state.isSkipping = true;
        ++added;
    }
    return added;
}

void LogLines::appendLine(LogChannel channel, const QString &text, const QString &stamp)
{
    push(channel, text, stamp);
}

void LogLines::finish()
{
    for (const LogChannel channel : {LogChannel::Output, LogChannel::Error, LogChannel::Note}) {
        Channel &state = channelOf(channel);
        if (!state.rest.isEmpty())
            push(channel, state.rest, {});
        state.rest.clear();
        state.isSkipping = false;
    }
}

void LogLines::clear()
{
    m_lines.clear();
    m_channels = {};
    m_bytes = 0;
    m_dropped = 0;
    m_longest = 0;
}

void LogLines::push(LogChannel channel, const QString &text, const QString &stamp)
{
    const bool isCut = text.size() > maximumLength;
    LogLine line{
        channelOf(channel).reader.read(isCut ? text.left(maximumLength) + QChar(0x2026) : text),
        channel, stamp};
    m_bytes += weight(line);
    m_longest = qMax(m_longest, line.content.text.size() + line.stamp.size());
    m_lines.push_back(std::move(line));
    trim();
}

void LogLines::trim()
{
    while (m_lines.size() > m_maximumLines || (m_bytes > m_maximumBytes && m_lines.size() > 1)) {
        m_bytes -= weight(m_lines.front());
        m_lines.pop_front();
        ++m_dropped;
    }
}

} // namespace stormglass::ui
