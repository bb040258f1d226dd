#include "engine/runners/captured_output.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

// A line longer than this is handed on in pieces.
constexpr qsizetype lineLimit = 64 * 1024;

} // namespace

CapturedOutput::CapturedOutput(const Id &execution, RunnerSink &sink)
    : m_execution(execution)
    , m_sink(&sink)
{
}

void CapturedOutput::take(OutputStream stream, const QByteArray &data)
{
    const std::size_t index = stream == OutputStream::Out ? 0 : 1;
    Stream &mine = m_streams[index];
    mine.kept += data;
    const qsizetype lineEnd = data.lastIndexOf('\n');
    if (lineEnd >= 0)
        handOn(index, mine.kept.size() - data.size() + lineEnd + 1);
    else if (mine.kept.size() - mine.handedOn > lineLimit)
        handOn(index, mine.kept.size());
}

void CapturedOutput::finish()
{
    for (std::size_t stream = 0; stream < m_streams.size(); ++stream)
        handOn(stream, m_streams[stream].kept.size());
}

void CapturedOutput::handOn(std::size_t stream, qsizetype end)
{
    Stream &mine = m_streams[stream];
    if (end == mine.handedOn)
        return;
    const QByteArray lines = mine.kept.sliced(mine.handedOn, end - mine.handedOn);
    mine.handedOn = end;
    m_sink->output(m_execution, stream == 0 ? u"stdout"_s : u"stderr"_s, lines);
}

Value textOf(const QByteArray &bytes)
{
    return Value(QString::fromUtf8(bytes));
}

Value lastLineOpen(QByteArray bytes)
{
    if (bytes.endsWith('\n'))
        bytes.chop(1);
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    return textOf(bytes);
}

QString droppedMessage(std::int64_t dropped, std::int64_t limit)
{
    return u"The output was cut: %1 bytes over the limit of %2 bytes a stream were dropped"_s
        .arg(dropped)
        .arg(limit);
}

} // namespace stormglass
