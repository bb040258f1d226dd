#include "engine/http/stream_batch.h"

#include "engine/base/json.h"

#include <algorithm>

namespace stormglass {

std::string streamFrame(const Change &change)
{
    std::string name = change.event.toStdString();
    std::ranges::replace_if(
        name, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    std::string frame;
    // What stands for no change of the feed must not become a follower's last one.
    if (change.number > 0)
        frame.append("id: ").append(std::to_string(change.number)).append("\n");
    frame.append("event: ").append(name).append("\ndata: ");
    frame.append(writeJson(change.payload, {.maskSecrets = true})).append("\n\n");
    return frame;
}

StreamBatch::StreamBatch(std::vector<Change> changes)
    : m_changes(std::move(changes))
    , m_frames(m_changes.size())
{
}

const SharedBytes &StreamBatch::frame(std::size_t at)
{
    SharedBytes &frame = m_frames[at];
    if (!frame)
        frame = std::make_shared<const std::string>(streamFrame(m_changes[at]));
    return frame;
}

SharedBytes StreamBatch::framesFor(const ChangeFilter &filter)
{
    for (const auto &[known, frames] : m_joined) {
        if (known == filter)
            return frames;
    }
    m_joined.emplace_back(filter, joined(filter));
    return m_joined.back().second;
}

SharedBytes StreamBatch::joined(const ChangeFilter &filter)
{
    std::string frames;
    for (std::size_t at = 0; at < m_changes.size(); ++at) {
        if (filter.takes(m_changes[at]))
            frames.append(*frame(at));
    }
    return frames.empty() ? nullptr : std::make_shared<const std::string>(std::move(frames));
}

} // namespace stormglass
