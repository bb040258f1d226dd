#include "engine/sources/inotify.h"

#include "engine/base/thread_name.h"
#include "engine/sources/source_log.h"

#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/inotify.h>

namespace stormglass {

namespace {

constexpr std::uint32_t fileEvents = IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF;
constexpr std::uint32_t folderEvents = IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;

} // namespace

Inotify::Inotify(Reactor &reactor)
    : m_reactor(reactor)
    , m_descriptor(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{
    if (m_descriptor.isOpen())
        m_watch = m_reactor.watch(m_descriptor.number(), Reactor::Wants::Read, [this] { read(); });
}

Inotify::~Inotify()
{
    m_reactor.unwatch(m_watch);
}

Inotify::NoticeId Inotify::watch(const QString &path, std::function<void()> changed)
{
    SG_ON(Io);
    const QFileInfo info(path);
    Notice notice;
    notice.name = QFile::encodeName(info.fileName());
    notice.file = add(QFile::encodeName(path), fileEvents);
    notice.folder = add(QFile::encodeName(info.path()), folderEvents | IN_ONLYDIR);
    notice.changed = std::move(changed);
    m_notices.emplace(++m_last, std::move(notice));
    return m_last;
}

void Inotify::unwatch(NoticeId id)
{
    SG_ON(Io);
    const auto notice = m_notices.find(id);
    if (notice == m_notices.end())
        return;
    release(notice->second.file);
    release(notice->second.folder);
    m_notices.erase(notice);
}

// A file or folder that several notices are about has one number.
Inotify::Watch Inotify::add(const QByteArray &path, std::uint32_t events)
{
    if (!m_descriptor.isOpen())
        return -1;
    const Watch watch
        = inotify_add_watch(m_descriptor.number(), path.constData(), events | IN_MASK_ADD);
    if (watch >= 0) {
        ++m_uses[watch];
    } else if (errno == ENOSPC && !std::exchange(m_hasWarned, true)) {
        qCWarning(sourcesLog)
            << "the system has no more file watches to give (fs.inotify.max_user_watches): further "
               "files are looked at once a second";
    }
    return watch;
}

void Inotify::release(Watch watch)
{
    const auto uses = m_uses.find(watch);
    if (uses == m_uses.end() || --uses->second > 0)
        return;
    m_uses.erase(uses);
    inotify_rm_watch(m_descriptor.number(), watch);
}

void Inotify::read()
{
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    const ssize_t size = ::read(m_descriptor.number(), buffer.data(), buffer.size());
    std::vector<NoticeId> touched;
    for (ssize_t at = 0; at < size;) {
        inotify_event event;
        std::memcpy(&event, buffer.data() + at, sizeof(event));
        const QByteArrayView name
            = event.len > 0 ? QByteArrayView(buffer.data() + at + sizeof(event)) : QByteArrayView();
        const bool isLost = (event.mask & IN_Q_OVERFLOW) != 0;
        for (const auto &[id, notice] : m_notices) {
            const bool isAboutName
                = event.wd == notice.folder && name == QByteArrayView(notice.name);
            if (isLost || event.wd == notice.file || isAboutName)
                touched.push_back(id);
        }
        at += static_cast<ssize_t>(sizeof(event) + event.len);
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    call(touched);
}

// What is called may watch and unwatch.
void Inotify::call(const std::vector<NoticeId> &notices)
{
    for (const NoticeId id : notices) {
        const auto notice = m_notices.find(id);
        if (notice == m_notices.end())
            continue;
        const std::function<void()> changed = notice->second.changed;
        changed();
    }
}

} // namespace stormglass
