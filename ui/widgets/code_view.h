#pragma once

#include <QPlainTextEdit>

namespace stormglass::ui {

// YAML or JSON to be read, or to be changed where that is allowed: keys, texts and comments in the
// theme's colours.
class CodeView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeView(const QString &name, QWidget *parent = nullptr);

    // Tab still leaves it: YAML knows no tabs, and the keyboard must get out.
    void setEditable();
    // From 1; 0 marks none.
    void markLine(int line);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    class Highlighter;
    Highlighter *m_highlighter;
    int m_marked = 0;
};

} // namespace stormglass::ui
