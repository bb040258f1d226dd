#include "ui/widgets/button.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/style.h"
#include "ui/widgets/plain_text.h"

#include <QPainter>

namespace stormglass::ui {

namespace {

QString variantName(Emphasis emphasis)
{
    switch (emphasis) {
    case Emphasis::Normal:
        return {};
    case Emphasis::Primary:
        return QStringLiteral("primary");
    case Emphasis::Danger:
        return QStringLiteral("danger");
    case Emphasis::Quiet:
        return QStringLiteral("quiet");
    }
    return {};
}

} // namespace

Button::Button(const QString &text, const QString &glyph, Emphasis emphasis, QWidget *parent)
    : QPushButton(text, parent)
{
    setProperty("variant", variantName(emphasis));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setGlyph(glyph);
}

void Button::setGlyph(const QString &glyph)
{
    setProperty("glyph", glyph);
    setIcon(glyph.isEmpty() ? QIcon() : themedIcon(glyph));
}

IconButton::IconButton(const QString &glyph, const QString &name, QWidget *parent)
    : QToolButton(parent)
{
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    setIconSize(QSize(16, 16));
    setGlyph(glyph);
    setName(name);
}

void IconButton::setGlyph(const QString &glyph, Tone tone)
{
    setIcon(themedIcon(glyph, tone));
}

void IconButton::setName(const QString &name)
{
    setToolTip(plainToolTip(name));
    setAccessibleName(name);
}

LinkButton::LinkButton(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setLinkText(text);
}

void LinkButton::setLinkText(const QString &text)
{
    setText(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QFont LinkButton::face() const
{
    return m_isQuiet ? fonts::strong() : fonts::text();
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics measure(face());
    return QSize(measure.horizontalAdvance(text()) + 2, measure.height() + 2);
}

QSize LinkButton::minimumSizeHint() const
{
    return QSize(qMin(60, sizeHint().width()), sizeHint().height());
}

void LinkButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = tokensOf(this);
    if (hasFocus())
        painter.fillRect(rect(), tokens.selection);
    QFont font = face();
    font.setUnderline(isEnabled() && (underMouse() || hasFocus()));
    painter.setFont(font);
    painter.setPen(!isEnabled() ? tokens.muted : m_isQuiet ? tokens.text : tokens.accent);
    const QString shown = painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, width());
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

} // namespace stormglass::ui
