#include "tests/bench/raw_process.h"

#include <QFile>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

pid_t startProcess(const std::vector<std::string> &command, int output)
{
    std::vector<char *> arguments;
    for (const std::string &word : command)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    const int error
        = posix_spawnp(&process, arguments[0], &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0)
        giveUp(u"%1 does not start."_s.arg(QString::fromStdString(command.front())));
    return process;
}

Ended waitFor(pid_t process)
{
    Ended ended;
    rusage used{};
    wait4(process, &ended.status, 0, &used);
    ended.memory = static_cast<double>(used.ru_maxrss) * 1024;
    return ended;
}

double processesPerSecond(const std::vector<std::string> &command, int count, int atOnce)
{
    const Stopwatch watch;
    for (int started = 0, ended = 0; ended < count;) {
        if (started < count && started - ended < atOnce) {
            startProcess(command);
            ++started;
            continue;
        }
        waitFor(-1);
        ++ended;
    }
    return count / watch.seconds();
}

std::vector<double> processTimes(const std::vector<std::string> &command, int count)
{
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const Stopwatch watch;
        waitFor(startProcess(command));
        times.push_back(watch.seconds());
    }
    return times;
}

double residentMemory(pid_t process)
{
    QFile file(u"/proc/%1/statm"_s.arg(process));
    if (!file.open(QFile::ReadOnly))
        return 0;
    const QList<QByteArray> pages = file.readAll().split(' ');
    return pages.size() < 2 ? 0 : pages[1].toDouble() * static_cast<double>(getpagesize());
}

} // namespace stormglass::bench
