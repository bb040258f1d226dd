#pragma once

#include "ui/widgets/card.h"

#include <QHash>

class QAbstractButton;
class QVBoxLayout;

namespace stormglass::ui {

// The places, from top to bottom, with counts of what wants a person.
class NavRail : public Ground
{
    Q_OBJECT

public:
    explicit NavRail(QWidget *parent = nullptr);

    void add(const QString &name, const QString &title, const QString &glyph, const QString &key);
    void setCurrent(const QString &name);
    void setBadge(const QString &name, int count);

signals:
    void chosen(const QString &name);

private:
    QVBoxLayout *m_layout;
    QHash<QString, QAbstractButton *> m_buttons;
};

} // namespace stormglass::ui
