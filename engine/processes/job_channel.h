#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/processes/descriptor.h"
#include "engine/reactor/reactor.h"

#include <QByteArray>

#include <functional>

namespace stormglass {

// The engine's end of a Python job's channel: sends one line of JSON, takes at most one in answer.
// Thread: Io.
class JobChannel
{
public:
    struct Pair
    {
        Descriptor ours;
        Descriptor theirs;
    };
    static Result<Pair> makePair();

    // `answered` is called at most once; `ended` once, when no process holds the other end any
    // more.
    JobChannel(Reactor &reactor, Descriptor ours, const Value &request,
               std::function<void(Result<Value>)> answered, std::function<void()> ended);
    ~JobChannel();
    JobChannel(const JobChannel &) = delete;

    // False if the system is out of memory for watching it.
    bool begin();
    // Takes what is there, for a process that has ended.
    void drain();
    bool isOpen() const { return m_end.isOpen(); }
    bool isAnswered() const { return m_answered == nullptr; }

private:
    enum class Took { Chunk, Nothing, End };

    void readable();
    Took take();
    void answer(Result<Value> value);
    void flush();
    void close();

    Reactor &m_reactor;
    Descriptor m_end;
    QByteArray m_unwritten;
    QByteArray m_line;
    Reactor::WatchId m_reading = 0;
    Reactor::WatchId m_writing = 0;
    std::function<void(Result<Value>)> m_answered;
    std::function<void()> m_ended;
};

} // namespace stormglass
