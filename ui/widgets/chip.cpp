#include "ui/widgets/chip.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/style.h"

#include <QPainter>

namespace stormglass::ui {

namespace {

constexpr int chipHeight = 20;

QFont chipFont()
{
    QFont font = fonts::small();
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

int chipWidth(const QString &text, const QString &glyph)
{
    return QFontMetrics(chipFont()).horizontalAdvance(text) + 14 + (glyph.isEmpty() ? 0 : 17);
}

int paintChip(QPainter &painter, const QRect &area, const QString &text, const Tokens &tokens,
              Tone tone, const QString &glyph)
{
    const int width = qMin(area.width(), chipWidth(text, glyph));
    const QRect chip(area.left(), area.center().y() - chipHeight / 2 + 1, width, chipHeight);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.soft(tone));
    painter.drawRoundedRect(chip, 5, 5);
    int left = chip.left() + 7;
    const QColor color = tone == Tone::Text ? tokens.text : tokens.of(tone);
    if (!glyph.isEmpty()) {
        paintGlyph(painter, QRect(left - 1, chip.center().y() - 6, 14, 14), glyph, color);
        left += 17;
    }
    painter.setFont(chipFont());
    painter.setPen(color);
    const int room = chip.right() - 5 - left;
    painter.drawText(QRect(left, chip.top(), room + 1, chip.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, room + 1));
    painter.restore();
    return width;
}

void paintBadge(QPainter &painter, const QRect &area, int count, const Tokens &tokens, Tone tone)
{
    if (count <= 0)
        return;
    QFont font = fonts::small();
    font.setPixelSize(11);
    font.setWeight(QFont::DemiBold);
    const QString text = count > 999 ? QStringLiteral("999+") : QString::number(count);
    const int width = qMax(20, QFontMetrics(font).horizontalAdvance(text) + 12);
    const QRect badge(area.right() - width, area.center().y() - 8, width, 18);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.soft(tone));
    painter.drawRoundedRect(badge, 9, 9);
    painter.setFont(font);
    painter.setPen(tokens.of(tone));
    painter.drawText(badge, Qt::AlignCenter, text);
    painter.restore();
}

Chip::Chip(const QString &text, Tone tone, const QString &glyph, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    show(text, tone, glyph);
}

void Chip::show(const QString &text, Tone tone, const QString &glyph)
{
    m_text = text;
    m_tone = tone;
    m_glyph = glyph;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    return m_text.isEmpty() ? QSize(0, chipHeight + 2)
                            : QSize(chipWidth(m_text, m_glyph), chipHeight + 2);
}

void Chip::paintEvent(QPaintEvent *)
{
    if (m_text.isEmpty())
        return;
    QPainter painter(this);
    paintChip(painter, rect(), m_text, tokensOf(this), m_tone, m_glyph);
}

} // namespace stormglass::ui
