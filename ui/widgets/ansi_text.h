#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace stormglass::ui {

// How a stretch of output is to be shown. Colours 0…15 are the terminal's names, 16…255 its
// palette, and a true colour is kept as such.
struct AnsiStyle
{
    enum class Color : std::uint8_t { None, Indexed, True };
    Color kind = Color::None;
    // Index, or 0xrrggbb.
    std::uint32_t color = 0;
    bool isBold = false;
    bool isFaint = false;

    friend bool operator==(const AnsiStyle &, const AnsiStyle &) = default;
};

struct AnsiSpan
{
    qsizetype start = 0;
    AnsiStyle style;
};

struct AnsiLine
{
    QString text;
    // In order; before the first the style is plain.
    std::vector<AnsiSpan> spans;
};

// Reads lines that a program wrote for a terminal: colours are kept from line to line, every other
// escape is dropped, a carriage return begins the line anew. Never shows a control character.
class AnsiReader
{
public:
    AnsiLine read(const QString &line);

private:
    qsizetype escape(const QString &line, qsizetype at, AnsiLine &result);
    void select(const QString &codes);
    void style(AnsiLine &result);

    AnsiStyle m_style;
};

} // namespace stormglass::ui
