#pragma once

#include "ui/widgets/text.h"

#include <QScrollArea>

class QHBoxLayout;
class QTabWidget;
class QVBoxLayout;

namespace stormglass::ui {

class Chip;

// The top of a detail: what it is, its state, what can be done with it, and a quiet line below.
class DetailHead : public QWidget
{
    Q_OBJECT

public:
    explicit DetailHead(QWidget *parent = nullptr);

    void setName(const QString &name);
    QString name() const;
    void setLine(const QString &line);
    Chip &chip() { return *m_chip; }
    void addAction(QWidget *button);

protected:
    bool event(QEvent *event) override;

private:
    void arrange();

    ElidedText *m_name;
    ElidedText *m_line;
    Chip *m_chip;
    QHBoxLayout *m_actions;
    QHBoxLayout *m_top;
    QHBoxLayout *m_bottom;
    bool m_isTight = false;
};

// A column that scrolls, with the margins of details.
class DetailScroll : public QScrollArea
{
    Q_OBJECT

public:
    explicit DetailScroll(QWidget *parent = nullptr);
    QVBoxLayout *body() const { return m_body; }

private:
    QVBoxLayout *m_body;
};

// Tabs of a detail: in line with its margins, the line below them reaching both sides.
void prepareTabs(QTabWidget &tabs);

// The name of a section within a detail.
Text *sectionTitle(const QString &title);

} // namespace stormglass::ui
