#pragma once

#include "ui/widgets/ansi_text.h"

#include <QStringDecoder>

#include <array>
#include <deque>

namespace stormglass::ui {

enum class LogChannel { Output, Error, Note };

struct LogLine
{
    AnsiLine content;
    LogChannel channel = LogChannel::Output;
    // Shown before the text, quietly; may be empty.
    QString stamp;
};

// The last lines of something endless: at most `maximumLines` and `maximumBytes`, a line cut at
// `maximumLength`.
class LogLines
{
public:
    static constexpr qsizetype maximumLength = 4000;

    explicit LogLines(std::size_t maximumLines = 20'000,
                      std::size_t maximumBytes = 8UL * 1024 * 1024)
        : m_maximumLines(maximumLines)
        , m_maximumBytes(maximumBytes)
    {
    }

    // Bytes that may be cut anywhere, also inside a character. Returns how many lines came to be.
    std::size_t append(LogChannel channel, const QByteArray &bytes, const QString &stamp = {});
    void appendLine(LogChannel channel, const QString &text, const QString &stamp = {});
    // What a program left without an end of line becomes a line.
    void finish();
    void clear();

    std::size_t count() const { return m_lines.size(); }
    const LogLine &at(std::size_t index) const { return m_lines[index]; }
    // How many have been let go; a line's number is its index and this.
    std::size_t dropped() const { return m_dropped; }
    qsizetype longest() const { return m_longest; }

private:
    struct Channel
    {
        QStringDecoder decoder{QStringDecoder::Utf8};
        AnsiReader reader;
        QString rest;
        bool isSkipping = false;
    };

    Channel &channelOf(LogChannel channel) { return m_channels[static_cast<std::size_t>(channel)]; }
    void push(LogChannel channel, const QString &text, const QString &stamp);
    void trim();

    std::size_t m_maximumLines;
    std::size_t m_maximumBytes;
    std::deque<LogLine> m_lines;
    std::array<Channel, 3> m_channels;
    std::size_t m_bytes = 0;
    std::size_t m_dropped = 0;
    qsizetype m_longest = 0;
};

} // namespace stormglass::ui
