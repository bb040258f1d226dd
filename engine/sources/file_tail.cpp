#include "engine/sources/file_tail.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr qsizetype chunkSize = 64 * 1024;
// Of a folder in which a renamed file is looked for.
constexpr int entriesAtMost = 10'000;

QString systemReason()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

QByteArray readAt(int descriptor, std::int64_t offset, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    const ssize_t count = pread(descriptor, bytes.data(), static_cast<std::size_t>(size), offset);
    bytes.truncate(std::max<ssize_t>(count, 0));
    return bytes;
}

bool isSameFile(const struct stat &a, const struct stat &b)
{
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// The name under which a file of the folder can be opened again; empty if it is not there.
QString nameOf(const QString &folder, const FilePosition &position)
{
    DIR *entries = opendir(QFile::encodeName(folder).constData());
    if (!entries)
        return {};
    QString found;
    for (int i = 0; i < entriesAtMost; ++i) {
        const dirent *entry = readdir(entries);
        if (!entry)
            break;
        if (entry->d_ino == position.inode)
            found = folder + u'/' + QFile::decodeName(entry->d_name);
    }
    closedir(entries);
    return found;
}

} // namespace

FileTail::FileTail(QString path)
    : m_path(std::move(path))
{
}

// False if there is no such file, or none that can be followed.
bool FileTail::open(const QString &path)
{
    // Not to wait for the writer of a named pipe.
    Descriptor file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.isOpen()) {
        m_fault = errno == ENOENT || errno == ENOTDIR
            ? QString()
            : u"%1 cannot be read: %2"_s.arg(path, systemReason());
        return false;
    }
    struct stat status = {};
    if (fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
        m_fault = u"%1 is not a regular file"_s.arg(path);
        return false;
    }
    m_fault.clear();
    m_file = std::move(file);
    ++m_generation;
    m_position = {status.st_dev, status.st_ino, 0, 0, 0};
    return true;
}

// Goes on at an offset of the file that is open.
void FileTail::restart(std::int64_t offset)
{
    const qsizetype checked = std::min<std::int64_t>(offset, FilePosition::checkedAtMost);
    m_last = readAt(m_file.number(), offset - checked, checked);
    m_position.offset = offset;
    m_position.checkedBytes = static_cast<int>(m_last.size());
    m_position.check = FilePosition::checkOf(m_last);
    m_readOffset = offset;
    m_chunk.clear();
    m_chunkAt = 0;
    m_line.clear();
    m_lineLength = 0;
}

void FileTail::beginAtEnd()
{
    if (!open(m_path))
        return;
    struct stat status = {};
    fstat(m_file.number(), &status);
    restart(status.st_size);
}

void FileTail::beginAt(const FilePosition &position)
{
    if (open(m_path) && isAt(position))
        return restart(position.offset);
    findRenamed(position);
    if (!m_file.isOpen())
        return;
    restart(isAt(position) ? position.offset : 0);
}

// Opens the file the position is about under its new name, if it has one; otherwise what is open
// stays.
void FileTail::findRenamed(const FilePosition &position)
{
    if (position.inode == 0)
        return;
    const QString name = nameOf(QFileInfo(m_path).path(), position);
    if (name.isEmpty() || name == m_path)
        return;
    Descriptor current = std::move(m_file);
    const FilePosition currentPosition = m_position;
    const QString currentFault = m_fault;
    if (open(name) && isAt(position))
        return;
    m_file = std::move(current);
    m_position = currentPosition;
    m_fault = currentFault;
}

// Whether the open file is the one of the position and still has what stood before it.
bool FileTail::isAt(const FilePosition &position) const
{
    if (m_position.device != position.device || m_position.inode != position.inode)
        return false;
    const QByteArray before
        = readAt(m_file.number(), position.offset - position.checkedBytes, position.checkedBytes);
    return before.size() == position.checkedBytes
        && FilePosition::checkOf(before) == position.check;
}

FileTail::Batch FileTail::read(std::size_t linesAtMost)
{
    // Bounds the time spent here even if the lines are long.
    constexpr int chunksAtMost = 16;
    Batch batch;
    if (m_file.isOpen() && m_chunkAt == m_chunk.size() && wasRewritten())
        emptied(batch);
    for (int chunks = 0; chunks < chunksAtMost; ++chunks) {
        takeLines(batch, linesAtMost);
        if (batch.lines.size() >= linesAtMost)
            break;
        if (!fill() && !moveOn(batch))
            return batch;
    }
    batch.isMore = true;
    return batch;
}

std::int64_t FileTail::behind() const
{
    struct stat status = {};
    if (!m_file.isOpen() || fstat(m_file.number(), &status) != 0)
        return 0;
    return std::max<std::int64_t>(status.st_size - m_position.offset, 0);
}

// Splits what was read.
void FileTail::takeLines(Batch &batch, std::size_t linesAtMost)
{
    while (m_chunkAt < m_chunk.size() && batch.lines.size() < linesAtMost) {
        const qsizetype end = m_chunk.indexOf('\n', m_chunkAt);
        if (end < 0) {
            take(QByteArrayView(m_chunk).sliced(m_chunkAt));
            m_chunkAt = m_chunk.size();
            return;
        }
        take(QByteArrayView(m_chunk).sliced(m_chunkAt, end - m_chunkAt));
        m_chunkAt = end + 1;
        m_last = (m_last + '\n').right(FilePosition::checkedAtMost);
        FilePosition next = m_position;
        next.offset += m_lineLength + 1;
        next.checkedBytes = static_cast<int>(m_last.size());
        next.check = FilePosition::checkOf(m_last);
        finish(batch, next);
    }
}

// Adds to the line that has no end yet.
void FileTail::take(QByteArrayView part)
{
    m_lineLength += part.size();
    m_line.append(part.first(std::min(part.size(), lineLimit - m_line.size())));
    m_last
        = (m_last
           + part.last(std::min<qsizetype>(part.size(), FilePosition::checkedAtMost)).toByteArray())
              .right(FilePosition::checkedAtMost);
}

// The line ends here.
void FileTail::finish(Batch &batch, FilePosition next)
{
    m_position = next;
    batch.lines.push_back({std::exchange(m_line, {}), std::exchange(m_lineLength, 0), next});
}

// False at the end of the file.
bool FileTail::fill()
{
    if (!m_file.isOpen())
        return false;
    m_chunk.resize(chunkSize);
    m_chunkAt = 0;
    const ssize_t count
        = pread(m_file.number(), m_chunk.data(), static_cast<std::size_t>(chunkSize), m_readOffset);
    m_chunk.truncate(std::max<ssize_t>(count, 0));
    m_fault = count < 0 ? u"%1 cannot be read: %2"_s.arg(m_path, systemReason()) : QString();
    m_readOffset += m_chunk.size();
    return !m_chunk.isEmpty();
}

// At the end of the file: whether there is another place to read from.
bool FileTail::moveOn(Batch &batch)
{
    if (!m_file.isOpen()) {
        if (!open(m_path))
            return false;
        restart(0);
        return true;
    }
    struct stat mine = {};
    if (fstat(m_file.number(), &mine) != 0)
        return false;
    // Whoever writes has taken to the new file once there is something in it; until then it may go
    // on with the old.
    struct stat there = {};
    if (stat(QFile::encodeName(m_path).constData(), &there) != 0 || isSameFile(mine, there)
        || there.st_size == 0)
        return false;
    if (fill())
        return true;
    Descriptor old = std::move(m_file);
    const FilePosition oldPosition = m_position;
    if (!open(m_path)) {
        m_file = std::move(old);
        m_position = oldPosition;
        return false;
    }
    // A last line without end will get none.
    if (m_lineLength > 0)
        finish(batch, m_position);
    restart(0);
    return true;
}

// Cut short, or emptied and filled again.
bool FileTail::wasRewritten() const
{
    struct stat status = {};
    return (fstat(m_file.number(), &status) == 0 && status.st_size < m_readOffset)
        || !isAt(m_position);
}

// What had no end will get none.
void FileTail::emptied(Batch &batch)
{
    FilePosition start = m_position;
    start.offset = 0;
    start.checkedBytes = 0;
    start.check = FilePosition::checkOf({});
    if (m_lineLength > 0)
        finish(batch, start);
    m_position = start;
    restart(0);
}

} // namespace stormglass
