#include "ui/widgets/text_box.h"

#include "ui/theme/fonts.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"

#include <QEvent>
#include <QPainter>

namespace stormglass::ui {

TextBox::TextBox(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setFont(fonts::code());
    setTabChangesFocus(true);
    setFrameShape(NoFrame);
    setViewportMargins(4, 3, 4, 3);
    viewport()->setAutoFillBackground(false);
}

void TextBox::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    update();
}

void TextBox::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    update();
}

bool TextBox::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? tokens.accent : tokens.strongLine());
    painter.setBrush(isEnabled() && !isReadOnly() ? tokens.surface : tokens.sunken());
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius,
                            metrics::radius);
    return true;
}

} // namespace stormglass::ui
