#include "engine/store/data_lock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> notWritable(const QString &folder, int reason)
{
    return failure(
        ErrorCode::Unavailable,
        u"The data folder %1 cannot be written to (%2). Make it writable for this user, or "
        "choose another."_s.arg(folder, QString::fromLocal8Bit(std::strerror(reason))));
}

QString holderOf(int descriptor)
{
    char text[24] = {};
    const ssize_t length = ::pread(descriptor, text, sizeof text - 1, 0);
    return length > 0 ? QString::fromLatin1(text).trimmed() : u"unknown"_s;
}

// A program that was killed while it started a process leaves its lock to that process, until this
// begins its own program a moment later: no other one is there.
bool takeFromTheDead(int descriptor)
{
    constexpr int tries = 200;
    constexpr int pause = 10; // milliseconds
    for (int i = 0; i < tries; ++i) {
        const int holder = holderOf(descriptor).toInt();
        const bool isAlive = holder <= 0 || ::kill(holder, 0) == 0 || errno != ESRCH;
        if (isAlive)
            return false;
        ::poll(nullptr, 0, pause);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            return true;
    }
    return false;
}

tl::unexpected<Error> heldBy(const QString &folder, const QString &process)
{
    return failure(
        ErrorCode::Conflict,
        u"The data folder %1 is in use by process %2. Stop that program, connect to it instead, or "
        "choose another folder."_s.arg(folder, process));
}

} // namespace

Result<std::unique_ptr<DataLock>> DataLock::take(const QString &database)
{
    const QString folder = QFileInfo(database).absolutePath();
    if (!QDir().mkpath(folder))
        return notWritable(folder, errno);
    const QByteArray file = QFile::encodeName(database + u".lock"_s);
    const int descriptor = ::open(file.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return notWritable(folder, errno);

    std::unique_ptr<DataLock> lock(new DataLock(descriptor));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return notWritable(folder, errno);
        if (!takeFromTheDead(descriptor))
            return heldBy(folder, holderOf(descriptor));
    }

    const QByteArray process = QByteArray::number(static_cast<qint64>(::getpid())) + '\n';
    if (::ftruncate(descriptor, 0) != 0
        || ::pwrite(descriptor, process.constData(), process.size(), 0) < 0)
        return notWritable(folder, errno);
    return lock;
}

DataLock::~DataLock()
{
    ::close(m_descriptor);
}

} // namespace stormglass
