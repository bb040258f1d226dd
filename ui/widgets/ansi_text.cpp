#include "ui/widgets/ansi_text.h"

#include <QStringList>

namespace stormglass::ui {

namespace {

bool isFinal(QChar c)
{
    return c.unicode() >= 0x40 && c.unicode() <= 0x7e;
}

// Behind an OSC or another string sequence: BEL or ESC \ ends it.
qsizetype stringEnd(const QString &line, qsizetype at)
{
    for (; at < line.size(); ++at) {
        if (line.at(at) == QChar(7))
            return at + 1;
        if (line.at(at) == QChar(27))
            return qMin(line.size(), at + 2);
    }
    return line.size();
}

} // namespace

AnsiLine AnsiReader::read(const QString &line)
{
    AnsiLine result;
    style(result);
    for (qsizetype at = 0; at < line.size();) {
        const QChar c = line.at(at);
        if (c == QChar(27)) {
            at = escape(line, at + 1, result);
        } else if (c == QLatin1Char('\r') && at + 1 == line.size()) {
            ++at; // the first half of an end of line
        } else if (c == QLatin1Char('\r')) {
            result = {};
            style(result);
            ++at;
        } else if (c == QLatin1Char('\t')) {
            result.text.append(QString(8 - result.text.size() % 8, QLatin1Char(' ')));
            ++at;
        } else if (c.unicode() < 32 || c.unicode() == 127) {
            ++at;
        } else {
            result.text.append(c);
            ++at;
        }
    }
    return result;
}

qsizetype AnsiReader::escape(const QString &line, qsizetype at, AnsiLine &result)
{
    if (at >= line.size())
        return at;
    const QChar kind = line.at(at);
    if (QStringLiteral("]PX^_").contains(kind))
        return stringEnd(line, at + 1);
    if (kind != QLatin1Char('[')) {
        // `ESC ( B` and the like: whatever lies between 0x20 and 0x2f, and one more.
        while (at < line.size() && line.at(at).unicode() >= 0x20 && line.at(at).unicode() <= 0x2f)
            ++at;
        return at + 1;
    }
    qsizetype end = at + 1;
    while (end < line.size() && !isFinal(line.at(end)))
        ++end;
    if (end < line.size() && line.at(end) == QLatin1Char('m')) {
        select(line.mid(at + 1, end - at - 1));
        style(result);
    }
    return end + 1;
}

void AnsiReader::style(AnsiLine &result)
{
    if (!result.spans.empty() && result.spans.back().start == result.text.size())
        result.spans.back().style = m_style;
    else if (!result.spans.empty() || m_style != AnsiStyle())
        result.spans.push_back({result.text.size(), m_style});
}

void AnsiReader::select(const QString &codes)
{
    const QStringList parts = codes.split(QLatin1Char(';'));
    const auto code = [&parts](qsizetype i) { return parts.value(i).toInt(); };
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const int value = code(i);
        if (value == 0) {
            m_style = {};
        } else if (value == 1) {
            m_style.isBold = true;
        } else if (value == 2) {
            m_style.isFaint = true;
        } else if (value == 22) {
            m_style.isBold = m_style.isFaint = false;
        } else if ((value >= 30 && value <= 37) || (value >= 90 && value <= 97)) {
            m_style.kind = AnsiStyle::Color::Indexed;
            m_style.color = static_cast<std::uint32_t>(value >= 90 ? value - 82 : value - 30);
        } else if (value == 39) {
            m_style.kind = AnsiStyle::Color::None;
        } else if (value == 38 && code(i + 1) == 5) {
            m_style.kind = AnsiStyle::Color::Indexed;
            m_style.color = static_cast<std::uint32_t>(qBound(0, code(i + 2), 255));
            i += 2;
        } else if (value == 38 && code(i + 1) == 2) {
            m_style.kind = AnsiStyle::Color::True;
            m_style.color = static_cast<std::uint32_t>(qBound(0, code(i + 2), 255) << 16
                                                       | qBound(0, code(i + 3), 255) << 8
                                                       | qBound(0, code(i + 4), 255));
            i += 4;
        } else if (value == 48) {
            // Grounds are not shown, but what they carry must not be taken for colours.
            i += code(i + 1) == 5 ? 2 : 4;
        }
    }
}

} // namespace stormglass::ui
