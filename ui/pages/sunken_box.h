#pragma once

#include <QWidget>

namespace stormglass::ui {

// A rounded ground for values and code.
class SunkenBox : public QWidget
{
    Q_OBJECT

public:
    explicit SunkenBox(QWidget *content, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace stormglass::ui
