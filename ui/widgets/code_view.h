#pragma once

#include <QPlainTextEdit>

namespace stormglass::ui {

// YAML or JSON to be read: keys, texts and comments in the theme's colours.
class CodeView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeView(const QString &name, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    class Highlighter;
    Highlighter *m_highlighter;
};

} // namespace stormglass::ui
