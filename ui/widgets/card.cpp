#include "ui/widgets/card.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace stormglass::ui {

Card::Card(const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_head(new QWidget(this))
    , m_title(new Text(title, Face::Strong))
    , m_headLayout(new QHBoxLayout(m_head))
    , m_body(new QVBoxLayout)
{
    setFrameShape(QFrame::NoFrame);
    m_head->setFixedHeight(metrics::bar);
    m_headLayout->setContentsMargins(16, 0, 8, 0);
    m_headLayout->addWidget(m_title);
    m_headLayout->addStretch(1);
    m_head->setVisible(!title.isEmpty());
    m_body->setContentsMargins(16, title.isEmpty() ? 14 : 4, 16, 14);
    m_body->setSpacing(8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(m_body, 1);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_head->setVisible(!title.isEmpty());
}

void Card::addToHead(QWidget *widget)
{
    m_headLayout->addWidget(widget);
}

void Card::setFlush()
{
    m_body->setContentsMargins(0, 0, 0, 4);
    m_body->setSpacing(0);
}

void Card::setActivatable(const QString &name)
{
    m_isActivatable = true;
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(name);
    setCursor(Qt::PointingHandCursor);
}

void Card::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isLit = m_isActivatable && (underMouse() || hasFocus());
    painter.setPen(isLit ? mixed(tokens.accent, tokens.line, hasFocus() ? 1.0 : 0.5) : tokens.line);
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::cardRadius,
                            metrics::cardRadius);
}

void Card::mouseReleaseEvent(QMouseEvent *event)
{
    QFrame::mouseReleaseEvent(event);
    if (m_isActivatable && event->button() == Qt::LeftButton && rect().contains(event->pos()))
        emit activated();
}

void Card::keyPressEvent(QKeyEvent *event)
{
    const bool isActivation = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (m_isActivatable && isActivation)
        emit activated();
    else
        QFrame::keyPressEvent(event);
}

Divider::Divider(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Divider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokensOf(this).line);
}

Ground::Ground(Kind kind, int borders, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_borders(borders)
{
    setContentsMargins(borders & Left ? 1 : 0, borders & Top ? 1 : 0, borders & Right ? 1 : 0,
                       borders & Bottom ? 1 : 0);
}

void Ground::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    switch (m_kind) {
    case Kind::Background:
        painter.fillRect(rect(), tokens.background);
        break;
    case Kind::Surface:
        painter.fillRect(rect(), tokens.surface);
        break;
    case Kind::Rail:
        painter.fillRect(rect(), tokens.rail);
        break;
    case Kind::Sunken:
        painter.fillRect(rect(), tokens.sunken());
        break;
    }
    if (m_borders & Top)
        painter.fillRect(0, 0, width(), 1, tokens.line);
    if (m_borders & Bottom)
        painter.fillRect(0, height() - 1, width(), 1, tokens.line);
    if (m_borders & Left)
        painter.fillRect(0, 0, 1, height(), tokens.line);
    if (m_borders & Right)
        painter.fillRect(width() - 1, 0, 1, height(), tokens.line);
}

} // namespace stormglass::ui
