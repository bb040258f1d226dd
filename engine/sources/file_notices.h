#pragma once

#include <QString>

#include <cstdint>
#include <functional>

namespace stormglass {

// Tells that something may have happened to a file: a hint, sometimes late, sometimes never.
// Thread: Io.
class FileNotices
{
public:
    using NoticeId = std::uint64_t;

    virtual ~FileNotices() = default;
    // Calls back when the file that is there now changes, and when another takes its name. The id
    // is never 0.
    virtual NoticeId watch(const QString &path, std::function<void()> changed) = 0;
    virtual void unwatch(NoticeId notice) = 0;
};

} // namespace stormglass
