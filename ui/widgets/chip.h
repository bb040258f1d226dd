#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

class QPainter;

namespace stormglass::ui {

// A word about state, on a quiet ground of its tone.
class Chip : public QWidget
{
    Q_OBJECT

public:
    explicit Chip(const QString &text = {}, Tone tone = Tone::Muted, const QString &glyph = {},
                  QWidget *parent = nullptr);

    void show(const QString &text, Tone tone, const QString &glyph = {});
    using QWidget::show;
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_glyph;
    Tone m_tone;
};

// The same, for delegates: paints at the left of `area` and returns how wide it became.
int paintChip(QPainter &painter, const QRect &area, const QString &text, const Tokens &tokens,
              Tone tone, const QString &glyph = {});
int chipWidth(const QString &text, const QString &glyph = {});

// A count that wants a person, round at its ends; painted with its right end at the right of
// `area`.
void paintBadge(QPainter &painter, const QRect &area, int count, const Tokens &tokens, Tone tone);

} // namespace stormglass::ui
