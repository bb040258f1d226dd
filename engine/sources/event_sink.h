#pragma once

#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/model/trigger_instance.h"

#include <functional>

namespace stormglass {

// Where sources put events. Thread: any; `stored` is called on the Io thread, never inside put(),
// once the trigger instance is durable (or refused), and may be empty. Trouble may be put again:
// nothing was stored.
class EventSink
{
public:
    virtual ~EventSink() = default;
    virtual void put(Event event, std::function<void(Result<Id>)> stored) = 0;
};

} // namespace stormglass
