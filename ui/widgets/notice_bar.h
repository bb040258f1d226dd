#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;

namespace stormglass::ui {

class Button;
class IconButton;
class Text;

// One line across that says what has happened and offers what to do about it.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    // Replaces what stood there before.
    void show(Tone tone, const QString &glyph, const QString &text);
    using QWidget::show;
    void addAction(const QString &text, const QString &glyph, std::function<void()> act);
    // Whether a person may put it away.
    void setDismissable(bool may);
    void clear();
    const QString &text() const { return m_said; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void removeActions();

    Tone m_tone = Tone::Accent;
    QString m_glyph;
    QString m_said;
    Text *m_text;
    QHBoxLayout *m_actions;
    IconButton *m_dismiss;
};

} // namespace stormglass::ui
