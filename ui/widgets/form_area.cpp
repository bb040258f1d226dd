#include "ui/widgets/form_area.h"

#include <QApplication>
#include <QLayout>

#include <algorithm>

namespace stormglass::ui {

namespace {

bool canBeReached(const QWidget &widget)
{
    return (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget.isVisible()
        && widget.isEnabled();
}

void collect(const QLayout *layout, QList<QWidget *> &found)
{
    for (int i = 0; layout && i < layout->count(); ++i) {
        QLayoutItem *item = layout->itemAt(i);
        QWidget *widget = item->widget();
        if (!widget)
            collect(item->layout(), found);
        else if (canBeReached(*widget))
            found.append(widget);
        else
            collect(widget->layout(), found);
    }
}

} // namespace

bool FormArea::focusNextPrevChild(bool next)
{
    const QWidget *focus = QApplication::focusWidget();
    if (!focus || isWithinAnother())
        return QWidget::focusNextPrevChild(next);
    QList<QWidget *> widgets;
    collect(layout(), widgets);
    const auto here = std::find_if(widgets.begin(), widgets.end(), [focus](const QWidget *widget) {
        return widget == focus || widget->isAncestorOf(focus);
    });
    if (here == widgets.end() || (next ? here + 1 == widgets.end() : here == widgets.begin()))
        return leave(next);
    (*(next ? here + 1 : here - 1))->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

bool FormArea::isWithinAnother() const
{
    for (const QWidget *above = parentWidget(); above; above = above->parentWidget()) {
        if (qobject_cast<const FormArea *>(above))
            return true;
    }
    return false;
}

// To what Qt has next that is not in here.
bool FormArea::leave(bool next)
{
    QWidget *const focus = QApplication::focusWidget();
    QWidget *widget = focus;
    do {
        widget = next ? widget->nextInFocusChain() : widget->previousInFocusChain();
    } while (widget != focus && (isAncestorOf(widget) || !canBeReached(*widget)));
    if (widget == focus)
        return false;
    widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace stormglass::ui
