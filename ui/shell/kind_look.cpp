#include "ui/shell/kind_look.h"

#include <QCoreApplication>

namespace stormglass::ui {

Tone toneOf(InstanceKind kind)
{
    switch (kind) {
    case InstanceKind::Local:
        return Tone::Faint;
    case InstanceKind::Development:
        return Tone::Good;
    case InstanceKind::Staging:
        return Tone::Warn;
    case InstanceKind::Production:
        return Tone::Bad;
    }
    return Tone::Faint;
}

QString wordOf(InstanceKind kind)
{
    const auto tr
        = [](const char *text) { return QCoreApplication::translate("InstanceKind", text); };
    switch (kind) {
    case InstanceKind::Local:
        return tr("Local");
    case InstanceKind::Development:
        return tr("Development");
    case InstanceKind::Staging:
        return tr("Staging");
    case InstanceKind::Production:
        return tr("Production");
    }
    return {};
}

QString nameOf(InstanceKind kind)
{
    switch (kind) {
    case InstanceKind::Local:
        return QStringLiteral("local");
    case InstanceKind::Development:
        return QStringLiteral("development");
    case InstanceKind::Staging:
        return QStringLiteral("staging");
    case InstanceKind::Production:
        return QStringLiteral("production");
    }
    return {};
}

InstanceKind kindFromName(const QString &name)
{
    for (const InstanceKind kind :
         {InstanceKind::Local, InstanceKind::Development, InstanceKind::Staging}) {
        if (nameOf(kind) == name)
            return kind;
    }
    return InstanceKind::Production;
}

} // namespace stormglass::ui
