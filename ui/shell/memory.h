#pragma once

#include "ui/shell/instance_dialog.h"

#include <QSettings>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <vector>

namespace stormglass::ui {

// What a person arranged, kept in one file with a version: the window, choices of appearance,
// engines by name and address, and per engine its pages. Secrets are never in it.
class Memory
{
public:
    explicit Memory(const QString &file);

    QByteArray geometry() const;
    void setGeometry(const QByteArray &geometry);
    // `light`, `dark` or empty.
    QString theme() const;
    void setTheme(const QString &theme);
    QString density() const;
    void setDensity(const QString &density);
    // An id of a time zone; empty: the system's.
    QString zone() const;
    void setZone(const QString &zone);
    // Whether the window's end is the program's: none until it was asked.
    std::optional<bool> keepsRunning() const;
    void setKeepsRunning(bool keeps);
    QString lastInstance() const;
    void setLastInstance(const QString &name);

    std::vector<RemoteEntry> remotes() const;
    void setRemotes(const std::vector<RemoteEntry> &remotes);

    // For what an engine's workspace keeps; `use` is called within the group of its name.
    template <typename Use>
    void within(const QString &instance, Use use)
    {
        m_settings->beginGroup(QStringLiteral("instance-")
                               + QString::fromLatin1(instance.toUtf8().toHex()));
        use(*m_settings);
        m_settings->endGroup();
    }

private:
    // Where nothing is to be kept, QSettings still wants a file: one that goes with this.
    std::unique_ptr<QTemporaryDir> m_nowhere;
    std::unique_ptr<QSettings> m_settings;
};

} // namespace stormglass::ui
