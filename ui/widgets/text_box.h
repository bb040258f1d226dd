#pragma once

#include <QPlainTextEdit>

namespace stormglass::ui {

// Several lines to fill in, framed like a field of one line.
class TextBox : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit TextBox(QWidget *parent = nullptr);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;
};

} // namespace stormglass::ui
