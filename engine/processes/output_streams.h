#pragma once

#include "engine/processes/descriptor.h"
#include "engine/processes/process.h"
#include "engine/reactor/reactor.h"

#include <array>
#include <span>

namespace stormglass {

// Reads what a child prints, in chunks, up to a limit a stream, and no faster than the loop can
// bear. Thread: Io.
class OutputStreams
{
public:
    using Output = std::function<void(OutputStream, QByteArray)>;

    // `buffer` is where chunks are read before they are handed on. `ended` is called when the last
    // stream has ended of itself; it may destroy this.
    OutputStreams(Reactor &reactor, std::span<char> buffer, Output output,
                  std::function<void()> ended);
    ~OutputStreams();
    OutputStreams(const OutputStreams &) = delete;

    // Bytes over `limit` are dropped; 0 means no limit.
    void add(OutputStream name, Descriptor end, std::int64_t limit);
    // False if the system is out of memory for watching them.
    bool watch();
    // Reads no more from that stream until it is released: whoever prints there has to wait.
    void hold(OutputStream name);
    void release(OutputStream name);
    // Takes what is there, for a process that has ended: it saves a turn of the loop for each
    // stream.
    void drain();
    void close();
    bool haveEnded() const;
    std::int64_t dropped() const { return m_dropped; }

private:
    enum class Took { Chunk, Nothing, End };
    struct Stream
    {
        OutputStream name = OutputStream::Out;
        Descriptor end;
        Reactor::WatchId watch = 0;
        // Bytes that may still be handed on; negative means any number.
        std::int64_t allowance = -1;
        bool isHeld = false;
    };

    void readable(Stream &stream);
    Took take(Stream &stream);
    void handOn(Stream &stream, std::span<const char> chunk);
    void rest();
    void unwatch(Stream &stream);
    void resume();

    Reactor &m_reactor;
    std::span<char> m_buffer;
    Output m_output;
    std::function<void()> m_ended;
    std::array<Stream, 3> m_streams;
    std::size_t m_count = 0;
    // Read since the last rest.
    std::int64_t m_burst = 0;
    Reactor::TimerId m_resting = 0;
    std::int64_t m_dropped = 0;
};

} // namespace stormglass
