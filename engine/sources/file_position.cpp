#include "engine/sources/file_position.h"

#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stormglass {

// FNV-1a
std::uint64_t FilePosition::checkOf(QByteArrayView bytes)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    return hash;
}

QString FilePosition::text() const
{
    return u"1 %1 %2 %3 %4 %5"_s.arg(device).arg(inode).arg(offset).arg(checkedBytes).arg(check);
}

std::optional<FilePosition> FilePosition::fromText(const QString &text)
{
    const QStringList words = text.split(u' ');
    if (words.size() != 6 || words[0] != "1"_L1)
        return std::nullopt;
    std::array<bool, 5> isRead{};
    FilePosition position;
    position.device = words[1].toULongLong(&isRead[0]);
    position.inode = words[2].toULongLong(&isRead[1]);
    position.offset = words[3].toLongLong(&isRead[2]);
    position.checkedBytes = words[4].toInt(&isRead[3]);
    position.check = words[5].toULongLong(&isRead[4]);
    const bool isWhole = std::all_of(isRead.begin(), isRead.end(), [](bool read) { return read; });
    if (!isWhole || position.offset < 0 || position.checkedBytes < 0
        || position.checkedBytes > checkedAtMost || position.checkedBytes > position.offset)
        return std::nullopt;
    return position;
}

} // namespace stormglass
