#include "ui/shell/overlay.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

class Sheet final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(tokens.strongLine());
        painter.setBrush(tokens.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::cardRadius,
                                metrics::cardRadius);
    }
};

} // namespace

Overlay::Overlay(QWidget *window)
    : QWidget(window)
    , m_frame(new Sheet(this))
    , m_sheet(new QVBoxLayout(m_frame))
{
    m_sheet->setContentsMargins(1, 1, 1, 1);
    m_sheet->setSpacing(0);
    setFocusPolicy(Qt::StrongFocus);
    window->installEventFilter(this);
    hide();
}

void Overlay::open()
{
    m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    show();
    raise();
    opened();
    arrange();
}

void Overlay::close()
{
    hide();
    const QPointer<QWidget> before = m_focusBefore;
    if (before)
        before->setFocus();
    m_focusBefore = nullptr;
}

void Overlay::arrange()
{
    const int width = qMin(m_width, this->width() - 40);
    m_frame->setFixedWidth(width);
    m_sheet->activate();
    const int height = qMin(m_frame->sizeHint().height(), this->height() - 120);
    m_frame->setGeometry((this->width() - width) / 2, qMax(24, this->height() / 9), width, height);
}

void Overlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor shade = tokensOf(this).scheme == Scheme::Light ? QColor(20, 25, 35) : QColor(0, 0, 0);
    shade.setAlphaF(tokensOf(this).scheme == Scheme::Light ? 0.28F : 0.5F);
    painter.fillRect(rect(), shade);
}

void Overlay::mousePressEvent(QMouseEvent *event)
{
    if (!m_frame->geometry().contains(event->pos()))
        close();
}

void Overlay::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

bool Overlay::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        setGeometry(parentWidget()->rect());
        arrange();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace stormglass::ui
