#pragma once

#include "engine/instance/change.h"
#include "engine/instance/reply.h"
#include "engine/instance/request.h"

#include <QObject>

namespace stormglass {

struct InstanceState
{
    enum class Kind { Starting, Ready, Unreachable, Stopping };
    Kind kind = Kind::Starting;
    // Why, and what to do, where it is not ready.
    QString message = {};
    // Unreachable for one reason: it is there and does not accept who asks.
    bool isRefusal = false;
};

// The one door between a user interface and an engine, wherever that engine runs.
// Thread: its owner's; replies and changes arrive there.
class Instance : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void call(const Request &request, Reply<Response> reply) = 0;
    // Starts (or replaces) the stream of changes, from those after `after` (0: from now on); a
    // `stormglass.reset` change says that they are gone and that everything must be read again.
    virtual void follow(const ChangeFilter &filter, ChangeNumber after) = 0;
    virtual InstanceState state() const = 0;

signals:
    void changed(const stormglass::Change &change);
    void stateChanged(stormglass::InstanceState state);
};

} // namespace stormglass
