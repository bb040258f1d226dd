#pragma once

#include <QColor>

namespace stormglass::ui {

enum class Scheme { Light, Dark };

// What a colour means. Colour is for state alone; everything else is neutral.
enum class Tone { Text, Muted, Faint, Accent, Good, Bad, Warn };

// The colours everything is painted with, light and dark from one table (CONSOLE section 6).
struct Tokens
{
    Scheme scheme = Scheme::Light;
    QColor background, surface, raised, rail, line;
    QColor text, muted, faint;
    QColor accent, onAccent, selection;
    QColor good, bad, warn;

    QColor of(Tone tone) const;
    // A quiet ground for text in that tone.
    QColor soft(Tone tone) const;
    // What lies under the pointer, over any ground.
    QColor hover() const;
    // A border that is asked to stand out, such as an input's.
    QColor strongLine() const;
    // A ground one step below the surface: code, inputs that are locked.
    QColor sunken() const;
};

const Tokens &tokensFor(Scheme scheme);

// `part` of `over` upon `under`.
QColor mixed(const QColor &over, const QColor &under, double part);

} // namespace stormglass::ui
