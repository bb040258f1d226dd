#pragma once

#include "engine/processes/descriptor.h"
#include "engine/reactor/reactor.h"
#include "engine/sources/file_notices.h"

#include <map>
#include <unordered_map>

namespace stormglass {

// File notices by Linux's inotify. Where the system has no more watches to give, nothing is told.
// Thread: Io.
class Inotify final : public FileNotices
{
public:
    // Borrows the reactor for its life.
    explicit Inotify(Reactor &reactor);
    ~Inotify() override;
    Inotify(const Inotify &) = delete;

    NoticeId watch(const QString &path, std::function<void()> changed) override;
    void unwatch(NoticeId notice) override;

private:
    // A file or its folder, as the system numbers them.
    using Watch = int;
    struct Notice
    {
        QByteArray name;
        Watch file = -1;
        Watch folder = -1;
        std::function<void()> changed;
    };

    Watch add(const QByteArray &path, std::uint32_t events);
    void release(Watch watch);
    void read();
    void call(const std::vector<NoticeId> &notices);

    Reactor &m_reactor;
    Descriptor m_descriptor;
    Reactor::WatchId m_watch = 0;
    NoticeId m_last = 0;
    std::map<NoticeId, Notice> m_notices;
    // How many notices use each.
    std::unordered_map<Watch, int> m_uses;
    bool m_hasWarned = false;
};

} // namespace stormglass
