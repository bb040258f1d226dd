#pragma once

#include "engine/base/result.h"
#include "engine/instance/endpoint.h"
#include "engine/instance/request.h"

#include <QStringList>

#include <functional>
#include <vector>

namespace stormglass {

// Who asks, once access/ has said yes.
struct Caller
{
    QString user;
    bool isAdmin = true;
    // `authentication token`, `API key` or `local owner`; and where it came from.
    QString method;
    QString location;
};

// A request that found its route: its path's variable parts, in order, and who asks.
struct Call
{
    const Request &request;
    QStringList arguments;
    Caller caller;
};

using Handler = std::function<Result<Response>(const Call &)>;
// For what another thread has to be asked: answers once, perhaps later, on the thread that called
// it. The call does not outlive the handler.
using LaterHandler = std::function<void(const Call &, Endpoint::Answer)>;

// The table between paths and what they mean. Literal segments win over variable ones; a `{name*}`
// at the end takes the rest of the path, slashes included. Immutable once filled; any thread.
class Routes
{
public:
    void add(Verb verb, const QString &pattern, Handler handler);
    void addLater(Verb verb, const QString &pattern, LaterHandler handler);
    // What a variable pattern here would take, and another table answers.
    void leave(Verb verb, const QString &pattern);

    struct Match
    {
        const Handler *handler = nullptr;
        const LaterHandler *later = nullptr;
        QStringList arguments;
    };
    // Both null where no route takes it: unknown path or another verb, which StackStorm does not
    // tell apart.
    Match find(Verb verb, const QString &path) const;

private:
    struct Route
    {
        Verb verb;
        QStringList segments;
        Handler handler;
        LaterHandler later;
    };
    std::vector<Route> m_routes;
};

} // namespace stormglass
