#pragma once

#include <QStringList>

namespace stormglass {

// What lies in a pack's folder: every file, by its path relative to it, `.git` and compiled Python
// aside; links to folders are not followed. Bounded: a folder beyond sense is listed in part.
// Thread: any.
QStringList filesOfPack(const QString &folder);

// Tells one state of a pack's files from another: their names, and of those that registration reads
// size, time of change and number on the disk. The other files, such as its configuration, lie
// elsewhere and need not exist.
QString stampOfPack(const QString &folder, const QStringList &otherFiles);

} // namespace stormglass
