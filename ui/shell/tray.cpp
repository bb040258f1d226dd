#include "ui/shell/tray.h"

#include "ui/theme/glyph.h"

#include <QMenu>
#include <QPainter>
#include <QSystemTrayIcon>

namespace stormglass::ui {

namespace {

// The mark, with a sign at its corner while something is not as it should be.
QIcon iconFor(InstanceState::Kind kind)
{
    QPixmap pixmap = productIcon().pixmap(64, 64);
    if (kind == InstanceState::Kind::Ready)
        return QIcon(pixmap);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isAway = kind == InstanceState::Kind::Unreachable;
    const QRect corner(34, 34, 30, 30);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isAway ? QColor(0xc93a3a) : QColor(0xe5b04c));
    if (isAway)
        painter.drawRoundedRect(corner, 4, 4);
    else
        painter.drawEllipse(corner);
    paintGlyph(painter, corner.adjusted(4, 4, -4, -4),
               isAway ? QStringLiteral("close") : QStringLiteral("more"),
               isAway ? QColor(Qt::white) : QColor(0x1b1f27));
    return QIcon(pixmap);
}

QString stateText(const InstanceState &state, std::int64_t running)
{
    switch (state.kind) {
    case InstanceState::Kind::Starting:
        return Tray::tr("starting");
    case InstanceState::Kind::Ready:
        return running > 0 ? Tray::tr("ready, %1 running").arg(running) : Tray::tr("ready");
    case InstanceState::Kind::Unreachable:
        return Tray::tr("not reached");
    case InstanceState::Kind::Stopping:
        return Tray::tr("stopping");
    }
    return {};
}

} // namespace

Tray::Tray(QObject *parent)
    : QObject(parent)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_menu = std::make_unique<QMenu>();
    m_icon = new QSystemTrayIcon(iconFor(InstanceState::Kind::Starting), this);
    m_state = m_menu->addAction(tr("Stormglass"));
    m_state->setEnabled(false);
    m_menu->addSeparator();
    m_menu->addAction(tr("Open the window"), this, &Tray::windowWanted);
    m_menu->addAction(tr("Quit"), this, &Tray::quitWanted);
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                    emit windowWanted();
            });
    m_icon->show();
}

Tray::~Tray() = default;

bool Tray::isShown() const
{
    return m_icon != nullptr;
}

void Tray::showState(const QString &name, const InstanceState &state, std::int64_t running)
{
    if (!m_icon)
        return;
    const QString text = QStringLiteral("%1: %2").arg(name, stateText(state, running));
    m_icon->setIcon(iconFor(state.kind));
    m_icon->setToolTip(QStringLiteral("Stormglass \u2014 ") + text);
    m_state->setText(text);
}

} // namespace stormglass::ui
