#include "engine/processes/launcher.h"

#include <QFile>

#include <csignal>

#include <unistd.h>

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

bool killLeftOver(qint64 process, std::uint64_t startTicks)
{
    const auto number = static_cast<pid_t>(process);
    // Another process may have its number by now; and only a group of its own is ours to kill.
    if (startTicks == 0 || processStartTicks(process) != startTicks || getpgid(number) != number)
        return false;
    return kill(-number, SIGKILL) == 0;
}

} // namespace stormglass
