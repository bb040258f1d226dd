#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

// stormglass-bench-stamp FILE SENT: appends how many microseconds have passed since SENT (on the
// system's clock) when this process began.
int main(int count, char **arguments)
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (count != 3)
        return 2;
    const long long began = now.tv_sec * 1'000'000LL + now.tv_nsec / 1'000;
    char line[32];
    const int length = std::snprintf(line, sizeof line, "%lld\n", began - std::atoll(arguments[2]));
    const int file = open(arguments[1], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    return file >= 0 && write(file, line, static_cast<std::size_t>(length)) == length ? 0 : 1;
}
