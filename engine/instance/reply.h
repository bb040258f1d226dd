#pragma once

#include "engine/base/result.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace stormglass {

// Where an answer goes: called on the receiver's thread, once, unless the receiver has gone.
template <typename T>
class Reply
{
public:
    Reply(QObject *receiver, std::function<void(Result<T>)> take)
        : m_receiver(receiver)
        , m_take(std::move(take))
    {
    }

    // Thread: the receiver's.
    void operator()(Result<T> result) const
    {
        if (m_receiver)
            m_take(std::move(result));
    }

    bool isWanted() const { return !m_receiver.isNull(); }

private:
    QPointer<QObject> m_receiver;
    std::function<void(Result<T>)> m_take;
};

} // namespace stormglass
