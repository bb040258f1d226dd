#pragma once

#include "engine/http/output_queue.h"
#include "engine/instance/change.h"

#include <string>
#include <utility>
#include <vector>

namespace stormglass {

using SharedBytes = OutputQueue::SharedBytes;

// One change as server-sent events have it; on one line whatever its name holds.
std::string streamFrame(const Change &change);

// Changes that are sent together. Whatever is asked of it twice is written once. Thread: Io.
class StreamBatch
{
public:
    explicit StreamBatch(std::vector<Change> changes);

    const std::vector<Change> &changes() const { return m_changes; }
    const SharedBytes &frame(std::size_t at);
    // All that the filter takes; null if that is nothing.
    SharedBytes framesFor(const ChangeFilter &filter);

private:
    SharedBytes joined(const ChangeFilter &filter);

    std::vector<Change> m_changes;
    std::vector<SharedBytes> m_frames;
    std::vector<std::pair<ChangeFilter, SharedBytes>> m_joined;
};

} // namespace stormglass
