#pragma once

#include "ui/models/session.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

namespace stormglass::ui {

class IconButton;

// The pulse of the engine, at the foot of the window; every part of it leads somewhere.
class StatusLine : public Ground
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    // Borrowed; another may be shown later.
    void show(Session &session);
    using QWidget::show;

signals:
    void placeWanted(const stormglass::ui::Place &place);
    void zoneMenuWanted(const QPoint &place);
    void dockToggled();

private:
    class Part;
    Part *part(const QString &glyph);
    void refresh();
    void refreshEngine();

    Session *m_session = nullptr;
    Part *m_rate;
    Part *m_running;
    Part *m_waiting;
    Part *m_trouble;
    Part *m_engine;
    Part *m_zone;
};

} // namespace stormglass::ui
