#include "engine/runners/announcement_runner.h"

namespace stormglass {

using namespace Qt::StringLiterals;

AnnouncementRunner::AnnouncementRunner(Announce announce)
    : m_announce(std::move(announce))
{
}

void AnnouncementRunner::start(const Job &job, RunnerSink &sink)
{
    if (!job.runnerParameters["experimental"].toBoolOr(false)) {
        return sink.finished(
            job.execution,
            failed({ErrorCode::Invalid,
                    u"Experimental flag is missing for action %1"_s.arg(job.action.text())}));
    }
    if (m_announce)
        m_announce(job, job.runnerParameters["route"].toQStringOr(u"general"_s),
                   job.actionParameters);
    Value result = Value::map({{"output", job.actionParameters}});
    for (const ValueMap::Entry &entry : job.actionParameters.entriesOrNone())
        result.set(entry.key, entry.value);
    sink.finished(job.execution, {ExecutionStatus::Succeeded, result});
}

} // namespace stormglass
