#include "ui/widgets/text.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"
#include "ui/widgets/plain_text.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace stormglass::ui {

QFont fontOf(Face face)
{
    switch (face) {
    case Face::Body:
        return fonts::text();
    case Face::Strong:
        return fonts::strong();
    case Face::Small:
        return fonts::small();
    case Face::Label:
        return fonts::label();
    case Face::Heading:
        return fonts::heading();
    case Face::Title:
        return fonts::title();
    case Face::Code:
        return fonts::code();
    }
    return fonts::text();
}

Text::Text(const QString &text, Face face, Tone tone, QWidget *parent)
    : QLabel(parent)
    , m_face(face)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    refresh();
}

void Text::say(const QString &text)
{
    setText(text);
    setVisible(!text.isEmpty());
}

void Text::setTone(Tone tone)
{
    m_tone = tone;
    refresh();
}

void Text::setFace(Face face)
{
    m_face = face;
    refresh();
}

void Text::setCopyable()
{
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setCursor(Qt::IBeamCursor);
}

void Text::setWrapping()
{
    setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Text::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

void Text::refresh()
{
    setFont(fontOf(m_face));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, tokensOf(this).of(m_tone));
    setPalette(colors);
}

ElidedText::ElidedText(const QString &text, Face face, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_text(text)
    , m_face(face)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void ElidedText::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedText::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void ElidedText::setElide(Qt::TextElideMode mode)
{
    m_elide = mode;
    update();
}

QSize ElidedText::sizeHint() const
{
    const QFontMetrics measure(fontOf(m_face));
    return QSize(measure.horizontalAdvance(m_text) + 2, measure.height() + 2);
}

QSize ElidedText::minimumSizeHint() const
{
    return QSize(24, QFontMetrics(fontOf(m_face)).height() + 2);
}

void ElidedText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(fontOf(m_face));
    painter.setPen(tokensOf(this).of(m_tone));
    const QString shown = painter.fontMetrics().elidedText(m_text, m_elide, width());
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

bool ElidedText::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (QFontMetrics(fontOf(m_face)).horizontalAdvance(m_text) > width())
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(m_text),
                               this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace stormglass::ui
