#include "engine/processes/launcher.h"

#include <QFile>

namespace stormglass {

using namespace Qt::StringLiterals;

std::uint64_t processStartTicks(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    if (process <= 0 || !file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    // The second field is the program's name, which may hold blanks and brackets; the 22nd is what
    // we want.
    const qsizetype afterName = stat.lastIndexOf(')');
    const QByteArrayList fields = stat.mid(afterName + 2).split(' ');
    constexpr qsizetype startTime = 22 - 3;
    return afterName >= 0 && fields.size() > startTime ? fields[startTime].toULongLong() : 0;
}

} // namespace stormglass
