#pragma once

#include "engine/base/value.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <utility>
#include <vector>

namespace stormglass {

struct Stream;

enum class Verb { Get, Post, Put, Delete };

// Who asks. Local owner is this process's own user and may do anything.
struct Credential
{
    enum class Kind { None, LocalOwner, Token, ApiKey };
    Kind kind = Kind::None;
    QString secret = {};

    static Credential localOwner() { return {Kind::LocalOwner, {}}; }
    friend bool operator==(const Credential &, const Credential &) = default;
};

// Exactly what HTTP carries. Names of headers are lower case.
struct Request
{
    Verb verb = Verb::Get;
    // Decoded, as published: `/api/v1/rules/core.local`, without a trailing slash.
    QString path;
    // Decoded, in order.
    std::vector<std::pair<QString, QString>> query = {};
    std::vector<std::pair<QString, QString>> headers = {};
    Value body = {};
    // The body as it came, where it is not JSON.
    QByteArray rawBody = {};
    Credential credential = {};

    QString queryValue(const QString &name, const QString &fallback = {}) const;
    bool hasQuery(const QString &name) const;
    QString header(const QString &name) const;
};

// Every answer that is no Error. `body` is JSON; where `contentType` is set, `raw` is the body
// instead; where `stream` is set, the answer goes on as server-sent events.
struct Response
{
    int status = 200;
    Value body = {};
    // X-Total-Count, X-Limit, …
    std::vector<std::pair<QString, QString>> headers = {};
    QString contentType = {};
    QByteArray raw = {};
    // Shared: whoever carries the answer to another thread reads it there.
    std::shared_ptr<const Stream> stream = {};
};

} // namespace stormglass
