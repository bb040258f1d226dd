#include "ui/theme/tokens.h"

namespace stormglass::ui {

namespace {

Tokens lightTokens()
{
    Tokens t;
    t.scheme = Scheme::Light;
    t.background = QColor(0xf6f7f9);
    t.surface = QColor(0xffffff);
    t.raised = QColor(0xffffff);
    t.rail = QColor(0xeef0f4);
    t.line = QColor(0xe1e4ea);
    t.text = QColor(0x1b1f27);
    t.muted = QColor(0x5d6675);
    // Darker than the drawing's #8a93a3, which is 3.1:1 on white.
    t.faint = QColor(0x6f7888);
    t.accent = QColor(0x2f6fed);
    t.onAccent = QColor(0xffffff);
    t.selection = QColor(0xe9f0fe);
    t.good = QColor(0x1f8a4c);
    t.bad = QColor(0xc93a3a);
    t.warn = QColor(0xa86800);
    return t;
}

Tokens darkTokens()
{
    Tokens t;
    t.scheme = Scheme::Dark;
    t.background = QColor(0x14171c);
    t.surface = QColor(0x1a1e25);
    t.raised = QColor(0x212630);
    t.rail = QColor(0x101318);
    t.line = QColor(0x2c323d);
    t.text = QColor(0xe6e9ef);
    t.muted = QColor(0xa0a9b8);
    // Lighter than the drawing's #717b8b, for the same reason.
    t.faint = QColor(0x828c9c);
    t.accent = QColor(0x6a9cff);
    t.onAccent = QColor(0x0d1526);
    t.selection = QColor(0x24304a);
    t.good = QColor(0x4cc47c);
    t.bad = QColor(0xf07070);
    t.warn = QColor(0xe5b04c);
    return t;
}

} // namespace

QColor Tokens::of(Tone tone) const
{
    switch (tone) {
    case Tone::Text:
        return text;
    case Tone::Muted:
        return muted;
    case Tone::Faint:
        return faint;
    case Tone::Accent:
        return accent;
    case Tone::Good:
        return good;
    case Tone::Bad:
        return bad;
    case Tone::Warn:
        return warn;
    }
    return text;
}

QColor Tokens::soft(Tone tone) const
{
    switch (tone) {
    case Tone::Text:
    case Tone::Muted:
    case Tone::Faint:
        return mixed(text, surface, scheme == Scheme::Light ? 0.06 : 0.09);
    case Tone::Accent:
        return selection;
    case Tone::Good:
    case Tone::Bad:
    case Tone::Warn:
        return mixed(of(tone), surface, scheme == Scheme::Light ? 0.11 : 0.17);
    }
    return surface;
}

QColor Tokens::hover() const
{
    QColor color = text;
    color.setAlphaF(scheme == Scheme::Light ? 0.045F : 0.06F);
    return color;
}

QColor Tokens::strongLine() const
{
    return mixed(text, line, scheme == Scheme::Light ? 0.09 : 0.07);
}

QColor Tokens::sunken() const
{
    return scheme == Scheme::Light ? mixed(text, surface, 0.028)
                                   : mixed(QColor(Qt::black), surface, 0.24);
}

const Tokens &tokensFor(Scheme scheme)
{
    static const Tokens light = lightTokens();
    static const Tokens dark = darkTokens();
    return scheme == Scheme::Light ? light : dark;
}

QColor mixed(const QColor &over, const QColor &under, double part)
{
    const auto channel = [part](int a, int b) { return qRound(a * part + b * (1 - part)); };
    return QColor(channel(over.red(), under.red()), channel(over.green(), under.green()),
                  channel(over.blue(), under.blue()));
}

} // namespace stormglass::ui
