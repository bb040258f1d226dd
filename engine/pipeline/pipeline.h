#pragma once

#include "engine/bus/message_bus.h"
#include "engine/pipeline/change_sink.h"
#include "engine/pipeline/outbox.h"
#include "engine/pipeline/station.h"
#include "engine/store/database.h"

#include <QHash>

#include <functional>

namespace stormglass {

// Wires the stations to the bus, and gives each of them what none repeats: a savepoint an item, the
// difference between refusals and trouble, five tries, the sweep. Thread: engine.
class Pipeline
{
public:
    // Borrows all for its life.
    Pipeline(Database &database, LocalBus &bus, Outbox &outbox, ChangeSink &changes);

    void add(Station &station);

    // Work of one item, alone: on an error its rows, effects and changes are undone.
    Result<> attempt(const std::function<Result<>()> &work);

    // Serves what was rung, and what that rings, up to a bound. True if nothing is left.
    bool serve();

    // Takes whatever waits, whether it rang or not.
    void sweep();

private:
    static constexpr std::size_t servedAtMost = 4'000;
    static constexpr int sweptAtMost = 10'000;
    static constexpr int triesAtMost = 5;

    void take(Station &station, const Id &id);
    void giveUp(Station &station, const Id &id, const Error &error);
    Station *stationOf(Topic topic) const;

    Database &m_database;
    LocalBus &m_bus;
    Outbox &m_outbox;
    ChangeSink &m_changes;
    std::vector<Station *> m_stations;
    // How often trouble met a row; losing it only means more tries.
    QHash<Id, int> m_tries;
};

} // namespace stormglass
