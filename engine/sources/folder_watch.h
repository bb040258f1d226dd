#pragma once

#include "engine/processes/descriptor.h"
#include "engine/reactor/reactor.h"
#include "engine/sources/alarms.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <functional>

namespace stormglass {

// Tells when files of some folders come, change or go, in the words that each folder was given,
// once things have been quiet for a moment; an editor's saving is one change. Folders below are not
// looked into. Where the system has no more watches to give, nothing is told of what is left.
// Thread: Io.
class FolderWatch
{
public:
    using Changed = std::function<void(const QStringList &words)>;

    // Borrows the reactor and the alarms for its life.
    FolderWatch(Reactor &reactor, Alarms &alarms, Changed changed);
    ~FolderWatch();
    FolderWatch(const FolderWatch &) = delete;

    // All there are now, each with its word; the others are let go. One that is new is told of:
    // what happened in it before is not known.
    void setFolders(const QHash<QString, QString> &wordsByFolder);
    bool isWatching() const { return m_descriptor.isOpen(); }

private:
    static constexpr std::chrono::milliseconds quiet{250};
    static constexpr std::chrono::milliseconds longest{2'000};

    void add(const QString &folder, const QString &word);
    void read();
    void tell(const QString &word);
    void arm(std::chrono::microseconds delay);
    void ring();

    Reactor &m_reactor;
    Alarms &m_alarms;
    Changed m_changed;
    Descriptor m_descriptor;
    Reactor::WatchId m_watch = 0;
    QHash<QString, int> m_watches;
    QHash<int, QString> m_words;
    QSet<QString> m_touched;
    Alarms::AlarmId m_alarm = 0;
    // How often the alarm was put off for more to come.
    int m_putOff = 0;
    bool m_hasWarned = false;
};

} // namespace stormglass
