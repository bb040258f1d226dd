#pragma once

#include "engine/processes/process.h"
#include "engine/runners/runner.h"

namespace stormglass {

// What a process prints: kept for its result, and handed on as it comes, line by line.
// Thread: Io.
class CapturedOutput
{
public:
    CapturedOutput(const Id &execution, RunnerSink &sink);

    void take(OutputStream stream, const QByteArray &data);
    // Hands on what has no line end yet.
    void finish();

    const QByteArray &output() const { return m_streams[0].kept; }
    const QByteArray &errors() const { return m_streams[1].kept; }

private:
    struct Stream
    {
        QByteArray kept;
        // Where in it the first line begins that was not handed on.
        qsizetype handedOn = 0;
    };
    void handOn(std::size_t stream, qsizetype end);

    Id m_execution;
    // Borrowed; it outlives every run.
    RunnerSink *m_sink;
    std::array<Stream, 2> m_streams;
};

// Bytes as text; what is no UTF-8 is replaced.
Value textOf(const QByteArray &bytes);
// The same without the one line end that a shell's output has at its end.
Value lastLineOpen(QByteArray bytes);
// What is said about output that was dropped, to be put under `note` in a result.
QString droppedMessage(std::int64_t dropped, std::int64_t limit);

} // namespace stormglass
