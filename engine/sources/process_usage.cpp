#include "engine/sources/process_usage.h"

#include <QByteArray>
#include <QFile>
#include <QList>

#include <unistd.h>

namespace stormglass {

namespace {

// Places of fields behind the name, which may hold anything; proc(5) counts them from the third on.
constexpr qsizetype userTime = 14 - 3;
constexpr qsizetype systemTime = 15 - 3;
constexpr qsizetype residentPages = 24 - 3;

} // namespace

std::optional<ProcessUsage> usageFromStat(QByteArrayView stat, long ticks, long pageSize)
{
    const qsizetype nameEnd = stat.lastIndexOf(')');
    if (nameEnd < 0 || nameEnd + 2 > stat.size() || ticks <= 0)
        return std::nullopt;
    const QList<QByteArray> fields = stat.sliced(nameEnd + 2).toByteArray().split(' ');
    if (fields.size() <= residentPages)
        return std::nullopt;
    const qint64 processorTicks = fields[userTime].toLongLong() + fields[systemTime].toLongLong();
    return ProcessUsage{std::chrono::milliseconds(processorTicks * 1'000 / ticks),
                        fields[residentPages].toLongLong() * pageSize};
}

std::optional<ProcessUsage> usageOf(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return usageFromStat(file.read(4'096), sysconf(_SC_CLK_TCK), sysconf(_SC_PAGESIZE));
}

} // namespace stormglass
