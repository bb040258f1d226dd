#pragma once

#include "engine/base/value.h"

#include <QString>

#include <cstddef>

namespace stormglass {

// Where stations put what followers of the stream will see, once the batch is durable. Thread:
// engine.
class ChangeSink
{
public:
    virtual ~ChangeSink() = default;
    virtual void add(QString event, Value payload) = 0;
    // Somebody follows, or did a moment ago and may come back for what it missed. What nobody hears
    // is only counted, so its payload need not be made.
    virtual bool isHeard() const = 0;
    template <typename Make>
    void tell(const QString &event, Make payload)
    {
        add(event, isHeard() ? payload() : Value());
    }
    // A mark to go back to when the savepoint of one item is undone.
    virtual std::size_t mark() const = 0;
    virtual void dropSince(std::size_t mark) = 0;
};

} // namespace stormglass
