#pragma once

#include <QByteArray>

#include <functional>

namespace stormglass {

// Puts chunks of a stream together into lines. A line beyond the limit is passed over whole, but
// for its beginning.
class LineSplitter
{
public:
    // Without its end; `isWhole` is false for the beginning of one that was too long.
    using Take = std::function<void(QByteArrayView line, bool isWhole)>;

    explicit LineSplitter(qsizetype limit)
        : m_limit(limit)
    {
    }

    // `take` may end this.
    void feed(QByteArrayView chunk, const Take &take);
    // What has no end yet counts as a line.
    void finish(const Take &take);

private:
    void add(QByteArrayView part);

    qsizetype m_limit;
    QByteArray m_line;
    bool m_isTooLong = false;
};

} // namespace stormglass
