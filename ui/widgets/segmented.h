#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

class QAbstractButton;
class QButtonGroup;
class QHBoxLayout;

namespace stormglass::ui {

// A choice of few, side by side, exactly one of them taken. Left and Right move it.
class Segmented : public QWidget
{
    Q_OBJECT

public:
    explicit Segmented(const QString &name, QWidget *parent = nullptr);

    // `tone` colours the segment while it is the one taken.
    void add(const QString &text, const QString &glyph = {}, Tone tone = Tone::Text);
    int current() const;
    // Says nothing: for showing what is. A person's choice is told by `chosen`.
    void setCurrent(int index);
    void setSegmentText(int index, const QString &text);

signals:
    void chosen(int index);

private:
    QButtonGroup *m_group;
    QHBoxLayout *m_layout;
};

} // namespace stormglass::ui
