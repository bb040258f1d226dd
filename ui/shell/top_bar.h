#pragma once

#include "ui/models/connection.h"
#include "ui/widgets/card.h"

class QHBoxLayout;
class QMenu;

namespace stormglass::ui {

class FilterField;
class IconButton;
class LinkButton;

// Which engine, where in it, the filter of the page, and the way to everything else.
class TopBar : public Ground
{
    Q_OBJECT

public:
    explicit TopBar(QWidget *parent = nullptr);

    void setInstance(const QString &name, InstanceKind kind, const InstanceState &state);
    void setInstanceMenu(QMenu *menu);
    void setViewMenu(QMenu *menu);
    // The first is the page; the last is where one is.
    void setCrumbs(const QStringList &crumbs);
    FilterField &filter() const { return *m_filter; }

signals:
    void pageWanted();
    void paletteWanted();
    void helpWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class InstanceButton;
    class KeyButton;

    InstanceKind m_kind = InstanceKind::Local;
    InstanceButton *m_instance;
    QHBoxLayout *m_crumbs;
    FilterField *m_filter;
    IconButton *m_view;
};

} // namespace stormglass::ui
