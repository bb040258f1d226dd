#include "tests/bench/bench.h"
#include "tests/bench/load_generator.h"
#include "tests/bench/raw_sqlite.h"
#include "tests/bench/running_engine.h"
#include "tests/bench/samples.h"

#include "engine/base/json.h"

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int runs = 3;
constexpr int events = 20'000;
constexpr int connections = 256;
constexpr int rules = 10;

// Ten on the webhook: nine do not match, one does and observes, so that every event is judged to
// the end and starts nothing.
void makeRules(RunningEngine &running)
{
    for (int i = 0; i < rules; ++i)
        running.call(Verb::Post, u"/api/v1/rules"_s, alertRule(i, i == 0, u"observe"_s));
}

std::vector<double> limits()
{
    std::vector<double> found;
    for (int run = 0; run < runs; ++run)
        found.push_back(rawInsertsPerSecond(events * 2, alertBody(run)));
    return found;
}

void overHttp(const Report &report)
{
    const double limit = median(limits());
    RunningEngine running(RunningEngine::Door::Http);
    makeRules(running);
    std::vector<double> rates;
    std::vector<double> middle;
    std::vector<double> slow;
    for (int run = 1; run <= runs; ++run) {
        const Stopwatch watch;
        const LoadOutcome outcome = apply({.port = running.port(),
                                           .path = "/api/v1/webhooks/alerts",
                                           .apiKey = running.apiKey().toStdString(),
                                           .body = alertBody,
                                           .requests = events,
                                           .connections = connections});
        if (outcome.refused > 0)
            giveUp(u"%1 webhooks were refused."_s.arg(outcome.refused));
        running.waitForMatched(std::int64_t(events) * run);
        rates.push_back(events / watch.seconds());
        middle.push_back(quantile(outcome.answeredAfter, 0.5) * 1e3);
        slow.push_back(quantile(outcome.answeredAfter, 0.99) * 1e3);
    }
    report({.name = "webhook.events",
            .value = median(rates),
            .unit = "events/s",
            .limit = limit,
            .against = "rows/s into SQLite alone, 100 a commit",
            .goal = 25'000,
            .runs = runs});
    const std::string by = "ms, 256 connections at full load";
    const auto lower = Figure::Better::Lower;
    report({.name = "webhook.ack_p50",
            .value = median(middle),
            .unit = by,
            .better = lower,
            .runs = runs});
    report({.name = "webhook.ack_p99",
            .value = median(slow),
            .unit = by,
            .better = lower,
            .runs = runs});
}

void direct(const Report &report)
{
    const double limit = median(limits());
    RunningEngine running;
    makeRules(running);
    std::vector<double> rates;
    for (int run = 1; run <= runs; ++run) {
        const Stopwatch watch;
        running.callOften(events, 1'000, [&](int i) {
            return running.ownerRequest(Verb::Post, u"/api/v1/webhooks/alerts"_s,
                                        take(readJson(alertBody(i))));
        });
        running.waitForMatched(std::int64_t(events) * run);
        rates.push_back(events / watch.seconds());
    }
    report({.name = "webhook_direct.events",
            .value = median(rates),
            .unit = "events/s",
            .limit = limit,
            .against = "rows/s into SQLite alone, 100 a commit",
            .goal = 25'000,
            .runs = runs});
}

const Add webhook("webhook", "webhooks over HTTP until durable and matched by ten rules", overHttp);
const Add webhookDirect("webhook_direct", "the same through the engine's endpoint", direct);

} // namespace

} // namespace stormglass::bench
