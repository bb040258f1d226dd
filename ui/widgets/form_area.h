#pragma once

#include <QWidget>

namespace stormglass::ui {

// Tab goes through what it holds as its layouts show it. Qt goes in the order in which widgets
// were made, which is another one in forms that change while they are looked at. Within another
// one, the outermost leads.
class FormArea : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    bool focusNextPrevChild(bool next) override;

private:
    bool isWithinAnother() const;
    bool leave(bool next);
};

} // namespace stormglass::ui
