#pragma once

#include <QString>

namespace stormglass {

// Keeps how far a source has come where no event carries it (see Event::cursor), in order with the
// events put before. Thread: any.
class SourcePositions
{
public:
    virtual ~SourcePositions() = default;
    virtual void keep(const QString &source, const QString &cursor) = 0;
    // The source is gone for good.
    virtual void forget(const QString &source) = 0;
};

} // namespace stormglass
