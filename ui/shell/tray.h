#pragma once

#include "ui/models/connection.h"

#include <QObject>

#include <memory>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace stormglass::ui {

// The engine's state beside the clock, by shape as well as by colour, and the way back to the
// window.
class Tray : public QObject
{
    Q_OBJECT

public:
    // Shows nothing where the desktop has no place for it.
    explicit Tray(QObject *parent = nullptr);
    ~Tray() override;

    bool isShown() const;
    void showState(const QString &name, const InstanceState &state, std::int64_t running);

signals:
    void windowWanted();
    void quitWanted();

private:
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon = nullptr;
    QAction *m_state = nullptr;
};

} // namespace stormglass::ui
