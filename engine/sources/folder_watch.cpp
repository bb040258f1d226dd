#include "engine/sources/folder_watch.h"

#include "engine/base/thread_name.h"
#include "engine/sources/source_log.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/inotify.h>

namespace stormglass {

namespace {

constexpr std::uint32_t events
    = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR;

} // namespace

FolderWatch::FolderWatch(Reactor &reactor, Alarms &alarms, Changed changed)
    : m_reactor(reactor)
    , m_alarms(alarms)
    , m_changed(std::move(changed))
    , m_descriptor(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{
    if (m_descriptor.isOpen())
        m_watch = m_reactor.watch(m_descriptor.number(), Reactor::Wants::Read, [this] { read(); });
}

FolderWatch::~FolderWatch()
{
    m_reactor.unwatch(m_watch);
    m_alarms.cancel(m_alarm);
}

void FolderWatch::setFolders(const QHash<QString, QString> &wordsByFolder)
{
    SG_ON(Io);
    for (const QString &folder : m_watches.keys()) {
        if (wordsByFolder.contains(folder))
            continue;
        const int watch = m_watches.take(folder);
        m_words.remove(watch);
        inotify_rm_watch(m_descriptor.number(), watch);
    }
    for (auto entry = wordsByFolder.begin(); entry != wordsByFolder.end(); ++entry)
        add(entry.key(), entry.value());
}

// A folder of the same name may be another one: the system tells by answering another number.
void FolderWatch::add(const QString &folder, const QString &word)
{
    if (!m_descriptor.isOpen())
        return;
    const int watch
        = inotify_add_watch(m_descriptor.number(), QFile::encodeName(folder).constData(), events);
    if (watch < 0) {
        if (errno == ENOSPC && !std::exchange(m_hasWarned, true))
            qCWarning(sourcesLog)
                << "the system has no more file watches to give (fs.inotify.max_user_watches): "
                   "edits of some packs are seen only when they are registered again";
        return;
    }
    const auto known = m_watches.constFind(folder);
    if (known != m_watches.constEnd() && *known == watch)
        return;
    m_watches.insert(folder, watch);
    m_words.insert(watch, word);
    tell(word);
}

void FolderWatch::read()
{
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    const ssize_t size = ::read(m_descriptor.number(), buffer.data(), buffer.size());
    for (ssize_t at = 0; at < size;) {
        inotify_event event;
        std::memcpy(&event, buffer.data() + at, sizeof(event));
        at += static_cast<ssize_t>(sizeof(event) + event.len);
        if ((event.mask & IN_Q_OVERFLOW) != 0)
            tell(QString()); // what was lost may have been anywhere
        else if (const auto word = m_words.constFind(event.wd); word != m_words.constEnd())
            tell(*word);
    }
}

void FolderWatch::tell(const QString &word)
{
    m_touched << word;
    if (m_alarm == 0)
        return arm(quiet);
    // Put off while more comes, but not for ever.
    if (++m_putOff * quiet > longest)
        return;
    m_alarms.cancel(m_alarm);
    arm(quiet);
}

void FolderWatch::arm(std::chrono::microseconds delay)
{
    m_alarm = m_alarms.after(delay, [this] { ring(); });
}

void FolderWatch::ring()
{
    m_alarm = 0;
    m_putOff = 0;
    const QSet<QString> touched = std::exchange(m_touched, {});
    m_changed(QStringList(touched.begin(), touched.end()));
}

} // namespace stormglass
