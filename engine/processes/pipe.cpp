#include "engine/processes/pipe.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>

namespace stormglass {

using namespace Qt::StringLiterals;

Result<Pipe> makePipe()
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return failure(
            ErrorCode::Unavailable,
            u"no pipe for a process: %1"_s.arg(QString::fromLocal8Bit(strerrordesc_np(errno))));
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

} // namespace stormglass
