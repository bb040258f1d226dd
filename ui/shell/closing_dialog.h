#pragma once

#include <QDialog>

namespace stormglass::ui {

// Asked when the window is closed for the first time: does the engine go on behind an icon?
class ClosingDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ClosingDialog(QWidget *parent);

signals:
    void decided(bool keepsRunning);
};

} // namespace stormglass::ui
