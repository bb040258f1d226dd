#include "ui/widgets/flow_layout.h"

#include <QWidget>

namespace stormglass::ui {

FlowLayout::FlowLayout(int spacing, QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return m_items.value(index);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), Purpose::Measure);
}

QSize FlowLayout::sizeHint() const
{
    return minimumSize();
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect &area)
{
    QLayout::setGeometry(area);
    arrange(area, Purpose::Place);
}

int FlowLayout::arrange(const QRect &area, Purpose purpose) const
{
    int x = area.x();
    int y = area.y();
    int height = 0;
    for (QLayoutItem *item : m_items) {
        const QWidget *widget = item->widget();
        if (widget && widget->isHidden())
            continue;
        const QSize size = item->sizeHint();
        if (x > area.x() && x + size.width() > area.right() + 1) {
            x = area.x();
            y += height + spacing();
            height = 0;
        }
        if (purpose == Purpose::Place)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + spacing();
        height = qMax(height, size.height());
    }
    return y + height - area.y();
}

} // namespace stormglass::ui
