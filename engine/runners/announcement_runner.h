#pragma once

#include "engine/runners/runner.h"

#include <functional>

namespace stormglass {

// Puts an announcement on the stream: its route and its content.
using Announce = std::function<void(const Job &job, const QString &route, const Value &content)>;

// announcement: tells every follower of the stream the action's parameters.
class AnnouncementRunner final : public Runner
{
public:
    explicit AnnouncementRunner(Announce announce);

    void start(const Job &job, RunnerSink &sink) override;
    void cancel(const Id &, std::chrono::milliseconds) override {}

private:
    Announce m_announce;
};

} // namespace stormglass
