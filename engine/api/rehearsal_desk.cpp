#include "engine/api/rehearsal_desk.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr auto runningAtMost = 4;
constexpr std::size_t keptAtMost = 16;

bool isRunning(const RehearsalReport &report)
{
    return report.status == RehearsalStatus::Running;
}

template <typename Reports>
auto positionOf(Reports &reports, const Id &id)
{
    return std::find_if(reports.begin(), reports.end(),
                        [&](const RehearsalReport &report) { return report.id == id; });
}

tl::unexpected<Error> notKept(const Id &id)
{
    return failure(ErrorCode::NotFound,
                   u"There is no rehearsal %1: it ended long ago, or the engine was restarted. "
                   "Start it again."_s.arg(id.text()));
}

} // namespace

RehearsalDesk::RehearsalDesk(const Clock &clock, ChangeSink &changes, Outward outward)
    : m_clock(clock)
    , m_changes(changes)
    , m_outward(std::move(outward))
{
}

Result<RehearsalReport> RehearsalDesk::start(const RehearsalOrder &order)
{
    if (std::count_if(m_reports.begin(), m_reports.end(), isRunning) >= runningAtMost)
        return failure(
            ErrorCode::Unavailable,
            u"%1 rehearsals are under way already. Wait for one to end, or cancel it."_s.arg(
                runningAtMost));
    if (m_reports.size() >= keptAtMost)
        m_reports.erase(std::find_if_not(m_reports.begin(), m_reports.end(), isRunning));
    m_reports.push_back(order.report);
    m_outward.start(order);
    return order.report;
}

void RehearsalDesk::take(const RehearsalReport &report)
{
    const auto known = positionOf(m_reports, report.id);
    // What it still had under way when it was canceled comes too late.
    if (known == m_reports.end() || !isRunning(*known))
        return;
    *known = report;
    tell(report);
}

Result<RehearsalReport> RehearsalDesk::cancel(const Id &id)
{
    const auto known = positionOf(m_reports, id);
    if (known == m_reports.end())
        return notKept(id);
    if (!isRunning(*known))
        return *known;
    m_outward.cancel(id);
    known->status = RehearsalStatus::Canceled;
    known->ended = m_clock.now();
    tell(*known);
    return *known;
}

Result<RehearsalReport> RehearsalDesk::find(const Id &id) const
{
    const auto known = positionOf(m_reports, id);
    if (known == m_reports.end())
        return notKept(id);
    return *known;
}

// Without what grows with what was found: that is read when wanted.
void RehearsalDesk::tell(const RehearsalReport &report)
{
    RehearsalReport brief = report;
    brief.marks.clear();
    brief.nearMisses.clear();
    m_changes.add(u"stormglass.rehearsal__update"_s, toJson(brief));
}

} // namespace stormglass
