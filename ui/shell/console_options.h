#pragma once

#include "ui/models/connection.h"

#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace stormglass::ui {

// An engine that is there from the start.
struct ConsoleInstance
{
    QString name;
    InstanceKind kind = InstanceKind::Local;
    // Borrowed, must outlive the console; none where there is an address to connect to.
    Instance *instance = nullptr;
    Credential credential = Credential::localOwner();
    QUrl url = {};
};

// Where keys of remote engines are kept, by name. Without it, and wherever it fails, a key is kept
// until the program ends and asked for again after the next start.
struct KeyStore
{
    std::function<void(const QString &name, const QString &key, std::function<void(Result<>)>)> keep
        = {};
    // NotFound where there is none; any other error says why it cannot be known.
    std::function<void(const QString &name, std::function<void(Result<QString>)>)> recall = {};
    std::function<void(const QString &name)> forget = {};
};

struct ConsoleOptions
{
    // Borrowed, must outlive the console.
    const Clock *clock = nullptr;
    // Where what a person arranges is kept; empty: nowhere.
    QString stateFile;
    // Makes the handle of a remote engine; without it, none can be added.
    std::function<std::unique_ptr<Instance>(const QUrl &address, const Credential &)> connect = {};
    KeyStore keys = {};
    // `light`, `dark`, or empty: as the desktop has it, unless the person chose.
    QString theme;
};

} // namespace stormglass::ui
