#include "ui/pages/layouts.h"

#include <QLayout>
#include <QWidget>

namespace stormglass::ui {

void clearLayout(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        if (item->layout())
            clearLayout(*item->layout());
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

} // namespace stormglass::ui
