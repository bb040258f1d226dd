#include "engine/processes/output_streams.h"

#include "engine/base/assert.h"

#include <algorithm>
#include <cerrno>

namespace stormglass {

using namespace std::chrono_literals;

namespace {

// 256 KiB, then a rest of a millisecond: an endless printer may not starve the other users of the
// loop.
constexpr std::int64_t burstLimit = 256 * 1024;
constexpr auto restTime = 1ms;
// What can still be in the pipe of a process that has ended, and some more.
constexpr int chunksAfterExit = 16;

} // namespace

OutputStreams::OutputStreams(Reactor &reactor, std::span<char> buffer, Output output,
                             std::function<void()> ended)
    : m_reactor(reactor)
    , m_buffer(buffer)
    , m_output(std::move(output))
    , m_ended(std::move(ended))
{
}

OutputStreams::~OutputStreams()
{
    close();
}

void OutputStreams::add(OutputStream name, Descriptor end, std::int64_t limit)
{
    SG_ASSERT(m_count < m_streams.size());
    m_streams[m_count++] = {name, std::move(end), 0, limit > 0 ? limit : -1, false};
}

bool OutputStreams::watch()
{
    for (Stream &stream : m_streams) {
        if (!stream.end.isOpen() || stream.watch != 0 || stream.isHeld)
            continue;
        stream.watch = m_reactor.watch(stream.end.number(), Reactor::Wants::Read,
                                       [this, &stream] { readable(stream); });
        if (stream.watch == 0)
            return false;
    }
    return true;
}

void OutputStreams::readable(Stream &stream)
{
    if (take(stream) == Took::End && haveEnded())
        m_ended();
    else if (m_burst >= burstLimit)
        rest();
}

OutputStreams::Took OutputStreams::take(Stream &stream)
{
    const ssize_t count = read(stream.end.number(), m_buffer.data(), m_buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return Took::Nothing;
    if (count <= 0) {
        unwatch(stream);
        stream.end.close();
        return Took::End;
    }
    m_burst += count;
    handOn(stream, m_buffer.first(std::size_t(count)));
    return Took::Chunk;
}

void OutputStreams::handOn(Stream &stream, std::span<const char> chunk)
{
    auto count = std::int64_t(chunk.size());
    if (stream.allowance >= 0) {
        count = std::min(count, stream.allowance);
        stream.allowance -= count;
        m_dropped += std::int64_t(chunk.size()) - count;
    }
    if (count > 0 && m_output)
        m_output(stream.name, QByteArray(chunk.data(), count));
}

void OutputStreams::rest()
{
    m_burst = 0;
    for (Stream &stream : m_streams)
        unwatch(stream);
    m_reactor.cancelTimer(m_resting);
    m_resting = m_reactor.after(restTime, [this] {
        m_resting = 0;
        resume();
    });
}

void OutputStreams::resume()
{
    if (watch())
        return;
    // Out of memory for watches: nothing can be read any more. Whoever prints on learns it by
    // SIGPIPE.
    close();
    m_ended();
}

void OutputStreams::hold(OutputStream name)
{
    for (Stream &stream : m_streams) {
        if (stream.name != name || !stream.end.isOpen())
            continue;
        stream.isHeld = true;
        unwatch(stream);
    }
}

void OutputStreams::release(OutputStream name)
{
    for (Stream &stream : m_streams) {
        if (stream.name == name)
            stream.isHeld = false;
    }
    if (m_resting == 0)
        resume();
}

void OutputStreams::drain()
{
    for (Stream &stream : m_streams) {
        for (int i = 0; i < chunksAfterExit && stream.end.isOpen(); ++i) {
            if (take(stream) == Took::Nothing)
                break;
        }
    }
}

void OutputStreams::close()
{
    m_reactor.cancelTimer(std::exchange(m_resting, 0));
    for (Stream &stream : m_streams) {
        unwatch(stream);
        stream.end.close();
    }
}

bool OutputStreams::haveEnded() const
{
    return std::none_of(m_streams.begin(), m_streams.end(),
                        [](const Stream &stream) { return stream.end.isOpen(); });
}

void OutputStreams::unwatch(Stream &stream)
{
    m_reactor.unwatch(std::exchange(stream.watch, 0));
}

} // namespace stormglass
