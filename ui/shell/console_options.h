#pragma once

#include "ui/models/connection.h"

#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace stormglass::ui {

// An engine that is there from the start: borrowed, it must outlive the console.
struct ConsoleInstance
{
    QString name;
    InstanceKind kind = InstanceKind::Local;
    Instance *instance = nullptr;
    Credential credential = Credential::localOwner();
};

struct ConsoleOptions
{
    // Borrowed, must outlive the console.
    const Clock *clock = nullptr;
    // Where what a person arranges is kept; empty: nowhere.
    QString stateFile;
    // Makes the handle of a remote engine; without it, none can be added.
    std::function<std::unique_ptr<Instance>(const QUrl &address)> connect = {};
    // Where keys of remote engines are kept; without them a key is asked for again after each
    // start.
    std::function<void(const QString &name, const QString &secret)> keepSecret = {};
    std::function<void(const QString &name, std::function<void(const QString &secret)> take)>
        recallSecret = {};
    // `light`, `dark`, or empty: as the desktop has it, unless the person chose.
    QString theme;
};

} // namespace stormglass::ui
