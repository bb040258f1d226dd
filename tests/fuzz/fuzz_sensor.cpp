// What a sensor writes where events should be, in chunks of any size: lines are events or garbage,
// never more than were sent.

// uses: engine/sources

#include "engine/base/assert.h"
#include "engine/sources/line_splitter.h"
#include "engine/sources/sensor_protocol.h"

#include <cstdint>

using namespace stormglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const qsizetype chunk = 1 + data[0] % 32;
    const QByteArrayView input(reinterpret_cast<const char *>(data) + 1,
                               static_cast<qsizetype>(size) - 1);
    LineSplitter splitter(64);
    qsizetype taken = 0;
    const auto take = [&](QByteArrayView line, bool isWhole) {
        taken += line.size();
        SG_ASSERT(line.size() <= 64 && !line.contains('\n'));
        if (isWhole)
            static_cast<void>(readSensorMessage(line));
    };
    for (qsizetype at = 0; at < input.size(); at += chunk)
        splitter.feed(input.sliced(at, std::min(chunk, input.size() - at)), take);
    splitter.finish(take);
    SG_ASSERT(taken <= input.size());
    return 0;
}
