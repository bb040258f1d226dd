#pragma once

#include "engine/api/rehearsal_run.h"
#include "engine/pipeline/change_sink.h"

#include <deque>

namespace stormglass {

// Rehearsals under way and the last that ended: whoever asked follows them by the change
// `stormglass.rehearsal__update` and reads them here. They are work, not history: a restart ends
// them. Thread: engine.
class RehearsalDesk
{
public:
    // To the readers.
    struct Outward
    {
        std::function<void(const RehearsalOrder &)> start;
        std::function<void(const Id &)> cancel;
    };
    RehearsalDesk(const Clock &clock, ChangeSink &changes, Outward outward);

    // Unavailable where too many are under way.
    Result<RehearsalReport> start(const RehearsalOrder &order);
    // How far one has come, from the reader that works on it.
    void take(const RehearsalReport &report);
    Result<RehearsalReport> cancel(const Id &id);
    // NotFound for one that is no longer kept.
    Result<RehearsalReport> find(const Id &id) const;
    const std::deque<RehearsalReport> &all() const { return m_reports; }

private:
    void tell(const RehearsalReport &report);

    const Clock &m_clock;
    ChangeSink &m_changes;
    Outward m_outward;
    // Newest last.
    std::deque<RehearsalReport> m_reports;
};

} // namespace stormglass
