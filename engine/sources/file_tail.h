#pragma once

#include "engine/processes/descriptor.h"
#include "engine/sources/file_position.h"

#include <vector>

namespace stormglass {

// Follows one path as `tail -F` does: new whole lines of the file there, through rotation (the old
// file is read to its end first), truncation, removal and creation. Never blocks on anything but a
// disk. Thread: any, one at a time.
class FileTail
{
public:
    struct Line
    {
        // Without its end of line; cut at `lineLimit` bytes.
        QByteArray bytes;
        // Of the line itself.
        std::int64_t length = 0;
        // Where to go on after it.
        FilePosition next;
    };
    struct Batch
    {
        std::vector<Line> lines;
        // There may be more right now.
        bool isMore = false;
    };
    static constexpr qsizetype lineLimit = 64 * 1024;

    explicit FileTail(QString path);

    // Where nothing is known: after what is in the file now, or at the start of one that comes
    // later.
    void beginAtEnd();
    // Where it once was. If that file was renamed within its folder meanwhile, what is left of it
    // comes first.
    void beginAt(const FilePosition &position);

    // Whole lines that are there, up to `linesAtMost`.
    Batch read(std::size_t linesAtMost);

    const QString &path() const { return m_path; }
    bool isOpen() const { return m_file.isOpen(); }
    // Counts the files that were opened, so that others notice a new one.
    int generation() const { return m_generation; }
    // After the last whole line that was read.
    const FilePosition &position() const { return m_position; }
    // Not read yet, in bytes.
    std::int64_t behind() const;
    // Why there is nothing to read; empty while the file is merely not there.
    const QString &fault() const { return m_fault; }

private:
    bool open(const QString &path);
    void restart(std::int64_t offset);
    void findRenamed(const FilePosition &position);
    bool isAt(const FilePosition &position) const;
    bool wasRewritten() const;
    void takeLines(Batch &batch, std::size_t linesAtMost);
    void take(QByteArrayView part);
    bool fill();
    bool moveOn(Batch &batch);
    void emptied(Batch &batch);
    void finish(Batch &batch, FilePosition next);

    QString m_path;
    Descriptor m_file;
    int m_generation = 0;
    QString m_fault;
    FilePosition m_position;
    // Read but not split into lines yet.
    QByteArray m_chunk;
    qsizetype m_chunkAt = 0;
    std::int64_t m_readOffset = 0;
    // The line that has no end yet.
    QByteArray m_line;
    std::int64_t m_lineLength = 0;
    // The last bytes that were split.
    QByteArray m_last;
};

} // namespace stormglass
