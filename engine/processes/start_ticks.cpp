#include "engine/processes/start_ticks.h"

#include "engine/processes/descriptor.h"
#include "engine/processes/launcher.h"

#include <QByteArrayList>

#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <unistd.h>

namespace stormglass {

std::uint64_t ticksSinceBoot()
{
    static const long ticksPerSecond = sysconf(_SC_CLK_TCK);
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<std::uint64_t>(now.tv_sec * ticksPerSecond
                                      + now.tv_nsec / (1'000'000'000 / ticksPerSecond));
}

std::uint64_t processStartTicks(qint64 process)
{
    const QByteArray path = "/proc/" + QByteArray::number(process) + "/stat";
    const Descriptor file(process > 0 ? open(path.constData(), O_RDONLY | O_CLOEXEC) : -1);
    char text[1024];
    const ssize_t length = file.isOpen() ? read(file.number(), text, sizeof text) : -1;
    if (length <= 0)
        return 0;
    const QByteArray stat = QByteArray::fromRawData(text, length);
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
