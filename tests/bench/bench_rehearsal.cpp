#include "tests/bench/bench.h"
#include "tests/bench/running_engine.h"
#include "tests/bench/samples.h"

#include "engine/base/json.h"
#include "engine/model/rehearsal_report.h"
#include "engine/store/transaction.h"
#include "engine/store/trigger_instance_store.h"

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int recorded = 1'000'000;
constexpr int atOnce = 10'000;
constexpr int runs = 3;
constexpr auto goal = std::chrono::seconds(5);

Id triggerOf(const RunningEngine &running, const Value &rule)
{
    const auto reader = take(Database::openReader(running.path(u"data/stormglass.db"_s)));
    const auto id = Id::fromText(rule["id"].toQString());
    const auto found = take(reader->row(
        "SELECT trigger_id FROM rule WHERE id = ?1", [](Row &row) { return row.id(); }, *id));
    return found.value_or(Id());
}

// Beside the engine, as if they had come in over a day.
void record(const RunningEngine &running, const Id &trigger)
{
    const SystemClock clock;
    IdGenerator ids(clock);
    const auto database = take(Database::openBeside(running.path(u"data/stormglass.db"_s)));
    TriggerInstanceStore store(*database);
    TriggerInstance instance;
    instance.triggerId = trigger;
    instance.trigger = {u"core"_s, u"alerts"_s};
    instance.status = TriggerInstanceStatus::Processed;
    const Timestamp begin = clock.now() - std::chrono::hours(24);
    for (int done = 0; done < recorded; done += atOnce) {
        Transaction transaction(*database);
        for (int i = done; i < done + atOnce; ++i) {
            instance.id = ids.make();
            instance.occurrence = begin + std::chrono::milliseconds(80) * i;
            instance.payload
                = Value::map({{"headers", Value::map()}, {"body", take(readJson(alertBody(i)))}});
            check(store.add(instance));
        }
        check(transaction.commit());
    }
}

RehearsalReport rehearse(RunningEngine &running, const Value &draft)
{
    const Response begun
        = running.call(Verb::Post, u"/api/v1/rules/rehearse"_s, Value::map({{"rule", draft}}));
    RehearsalReport report = take(rehearsalReportFromJson(begun.body));
    running.waitUntil([&] {
        const QString path = u"/api/v1/rehearsals/"_s + report.id.text();
        report = take(rehearsalReportFromJson(running.call(Verb::Get, path).body));
        return report.status != RehearsalStatus::Running;
    });
    if (report.status != RehearsalStatus::Succeeded || report.summary.events != recorded)
        giveUp(u"The rehearsal did not look at every event: %1"_s.arg(report.message));
    return report;
}

// What reading the payloads from the database costs by itself.
double secondsToRead(const RunningEngine &running, const Id &trigger)
{
    const auto reader = take(Database::openReader(running.path(u"data/stormglass.db"_s)));
    TriggerInstanceStore store(*reader);
    std::size_t bytes = 0;
    const Stopwatch watch;
    SliceRequest slice{.limit = 500};
    do {
        slice.after = take(store.visit(trigger, {}, slice,
                                       [&](const auto &event) { bytes += event.payload.size(); }));
    } while (slice.after);
    keep(bytes);
    return watch.seconds();
}

void run(const Report &report)
{
    RunningEngine running;
    const Value saved
        = running.call(Verb::Post, u"/api/v1/rules"_s, alertRule(1, true, u"enabled"_s)).body;
    const Id trigger = triggerOf(running, saved);
    record(running, trigger);
    // Every event fires; none does, all of them near misses, compared with the saved version.
    for (const bool fires : {true, false}) {
        std::vector<double> times;
        std::vector<double> limits;
        for (int i = 0; i < runs; ++i) {
            limits.push_back(secondsToRead(running, trigger));
            const Stopwatch watch;
            rehearse(running, alertRule(1, fires, u"enabled"_s));
            times.push_back(watch.seconds());
        }
        report({.name = std::string("rehearsal.database_") + (fires ? "all_fire" : "all_lost"),
                .value = median(times),
                .unit = "s a million events",
                .better = Figure::Better::Lower,
                .limit = median(limits),
                .against = "reading the same payloads from the database, and no more",
                .goal = bench::seconds(goal),
                .runs = runs});
    }
}

const Add add("rehearsal_database",
              "a draft rule over a million events in the database, asked through the door", run);

} // namespace

} // namespace stormglass::bench
