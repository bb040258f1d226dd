#include "ui/pages/sunken_box.h"

#include "ui/theme/metrics.h"
#include "ui/theme/style.h"

#include <QPainter>
#include <QVBoxLayout>

namespace stormglass::ui {

SunkenBox::SunkenBox(QWidget *content, QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 7, 8, 7);
    layout->addWidget(content);
    setSizePolicy(content->sizePolicy());
}

void SunkenBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokensOf(this).sunken());
    painter.drawRoundedRect(rect(), metrics::radius, metrics::radius);
}

} // namespace stormglass::ui
