#include "ui/widgets/copy_line.h"

#include "ui/theme/fonts.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QTimer>

namespace stormglass::ui {

CopyLine::CopyLine(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_copy(new IconButton(QStringLiteral("copy"), tr("Copy: %1").arg(name), this))
{
    setAccessibleName(name);
    setFixedHeight(32);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_copy, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text);
        m_copy->setGlyph(QStringLiteral("check"), Tone::Good);
        QTimer::singleShot(1500, this, [this] { m_copy->setGlyph(QStringLiteral("copy")); });
    });
}

void CopyLine::setText(const QString &text)
{
    m_text = text;
    setToolTip(plainToolTip(text));
    setAccessibleDescription(text);
    update();
}

QSize CopyLine::sizeHint() const
{
    return QSize(240, 32);
}

void CopyLine::resizeEvent(QResizeEvent *)
{
    m_copy->setGeometry(width() - 30, 2, 28, 28);
}

void CopyLine::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.sunken());
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius,
                            metrics::radius);
    painter.setFont(fonts::code());
    painter.setPen(tokens.text);
    const QRect area = rect().adjusted(10, 0, -36, 0);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_text, Qt::ElideMiddle, area.width()));
}

} // namespace stormglass::ui
