#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace stormglass {

// A place in a file that outlives a restart: which file, how far, and what stood just before, to
// tell a file that was emptied and filled again from one that grew.
struct FilePosition
{
    std::uint64_t device = 0;
    // 0: there was no file yet.
    std::uint64_t inode = 0;
    std::int64_t offset = 0;
    // Of up to `checkedAtMost` bytes before the offset.
    int checkedBytes = 0;
    std::uint64_t check = 0;

    static constexpr int checkedAtMost = 64;
    static std::uint64_t checkOf(QByteArrayView bytes);

    QString text() const;
    static std::optional<FilePosition> fromText(const QString &text);
    friend bool operator==(const FilePosition &, const FilePosition &) = default;
};

} // namespace stormglass
