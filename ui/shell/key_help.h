#pragma once

#include "ui/pages/page.h"
#include "ui/shell/overlay.h"

namespace stormglass::ui {

// What the keyboard does: on this page, and everywhere.
class KeyHelpSheet : public Overlay
{
    Q_OBJECT

public:
    explicit KeyHelpSheet(QWidget *window);
    void show(const QString &page, const QList<KeyHelp> &own, const QList<KeyHelp> &everywhere);
    using QWidget::show;

private:
    void addGroup(QVBoxLayout &layout, const QString &title, const QList<KeyHelp> &keys);
};

} // namespace stormglass::ui
