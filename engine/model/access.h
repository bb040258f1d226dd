#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// Who acts. Made on first login; there is no password here.
struct User
{
    Id id = {};
    QString name = {};
    bool isService = false;
    QStringList nicknames = {};

    friend bool operator==(const User &, const User &) = default;
};

// A credential that ends by itself (api.md 4.2). Kept by the hash of its text, which is shown once.
struct Token
{
    Id id = {};
    QString hash = {};
    QString user = {};
    Timestamp expires = {};
    // Made by the engine for an action or a sensor.
    bool isService = false;
    Value metadata = Value::map();

    friend bool operator==(const Token &, const Token &) = default;
};

// A credential that lasts until it is taken away (api.md 4.4). `hash` is SHA-512 in hex, as
// StackStorm salts it.
struct ApiKey
{
    Id id = {};
    QString hash = {};
    QString user = {};
    Timestamp created = {};
    bool enabled = true;
    Value metadata = Value::map();

    friend bool operator==(const ApiKey &, const ApiKey &) = default;
};

// As the API shows one; `hash` and `uid` are for the API to mask.
Value toJson(const ApiKey &key);

} // namespace stormglass
