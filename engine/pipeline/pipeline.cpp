#include "engine/pipeline/pipeline.h"

#include "engine/store/transaction.h"

#include <QLoggingCategory>

namespace stormglass {

Q_LOGGING_CATEGORY(pipelineLog, "stormglass.engine.pipeline")

Pipeline::Pipeline(Database &database, LocalBus &bus, Outbox &outbox, ChangeSink &changes)
    : m_database(database)
    , m_bus(bus)
    , m_outbox(outbox)
    , m_changes(changes)
{
}

void Pipeline::add(Station &station)
{
    m_stations.push_back(&station);
}

Result<> Pipeline::attempt(const std::function<Result<>()> &work)
{
    const std::size_t effects = m_outbox.mark();
    const std::size_t changes = m_changes.mark();
    const std::size_t rings = m_bus.mark();
    Transaction savepoint(m_database);
    Result<> done = work();
    if (done)
        done = savepoint.commit();
    if (!done) {
        m_outbox.dropSince(effects);
        m_changes.dropSince(changes);
        m_bus.dropSince(rings);
    }
    return done;
}

bool Pipeline::serve()
{
    m_bus.serve(servedAtMost, [this](Topic topic, const Id &id) {
        if (Station *station = stationOf(topic))
            take(*station, id);
    });
    return m_bus.isQuiet();
}

void Pipeline::sweep()
{
    for (Station *station : m_stations) {
        const Result<std::vector<Id>> waiting = station->waiting(sweptAtMost);
        if (!waiting) {
            qCWarning(pipelineLog).noquote()
                << "Looking for waiting rows failed:" << waiting.error().message;
            continue;
        }
        for (const Id &id : *waiting)
            m_bus.ring(station->takes(), id);
    }
}

void Pipeline::take(Station &station, const Id &id)
{
    const Result<> taken = attempt([&] { return station.take(id); });
    if (taken) {
        if (!m_tries.isEmpty()) [[unlikely]]
            m_tries.remove(id);
        return;
    }
    const Error &error = taken.error();
    if (error.isRefusal() || ++m_tries[id] >= triesAtMost) {
        giveUp(station, id, error);
        return;
    }
    qCWarning(pipelineLog).noquote()
        << "Row" << id.text() << "is left for the next sweep:" << error.message;
}

void Pipeline::giveUp(Station &station, const Id &id, const Error &error)
{
    m_tries.remove(id);
    const Result<> failed = attempt([&] { return station.fail(id, error); });
    if (!failed)
        qCWarning(pipelineLog).noquote() << "Row" << id.text() << "could not be failed ("
                                         << error.message << "):" << failed.error().message;
}

Station *Pipeline::stationOf(Topic topic) const
{
    for (Station *station : m_stations) {
        if (station->takes() == topic)
            return station;
    }
    return nullptr;
}

} // namespace stormglass
