#pragma once

#include <QWidget>

class QVBoxLayout;

namespace stormglass::ui {

// A sheet over the whole window that dims what is below; Escape or a click beside it closes it.
class Overlay : public QWidget
{
    Q_OBJECT

public:
    explicit Overlay(QWidget *window);

    void open();
    void close();

protected:
    QVBoxLayout *sheet() const { return m_sheet; }
    void setSheetWidth(int width) { m_width = width; }
    // Lays the sheet out anew after its content has changed.
    void arrange();
    virtual void opened() {}

    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_frame;
    QVBoxLayout *m_sheet;
    int m_width = 640;
    QWidget *m_focusBefore = nullptr;
};

} // namespace stormglass::ui
