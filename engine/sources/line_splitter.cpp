#include "engine/sources/line_splitter.h"

#include <algorithm>

namespace stormglass {

void LineSplitter::feed(QByteArrayView chunk, const Take &take)
{
    while (true) {
        const qsizetype end = chunk.indexOf('\n');
        if (end < 0)
            return add(chunk);
        if (m_line.isEmpty() && end <= m_limit) {
            take(chunk.first(end), true);
        } else {
            add(chunk.first(end));
            const bool isWhole = !std::exchange(m_isTooLong, false);
            const QByteArray line = std::exchange(m_line, {});
            take(line, isWhole);
        }
        chunk = chunk.sliced(end + 1);
    }
}

void LineSplitter::finish(const Take &take)
{
    if (m_line.isEmpty())
        return;
    const bool isWhole = !std::exchange(m_isTooLong, false);
    take(std::exchange(m_line, {}), isWhole);
}

void LineSplitter::add(QByteArrayView part)
{
    const qsizetype room = m_limit - m_line.size();
    m_isTooLong = m_isTooLong || part.size() > room;
    m_line.append(part.first(std::min(part.size(), room)));
}

} // namespace stormglass
