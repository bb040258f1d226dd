#pragma once

#include <QWidget>

namespace stormglass::ui {

class IconButton;

// A line of code to take along: a path, a command. Gives way in the middle, copies the whole.
class CopyLine : public QWidget
{
    Q_OBJECT

public:
    explicit CopyLine(const QString &name, QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const { return m_text; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QString m_text;
    IconButton *m_copy;
};

} // namespace stormglass::ui
