#include "tests/bench/bench.h"
#include "tests/bench/measuring.h"
#include "tests/bench/samples.h"

#include "engine/base/json.h"

#include <QJsonDocument>

namespace stormglass::bench {

namespace {

constexpr int runs = 5;

void run(const Report &report)
{
    const std::string text = alertBody(1'700'000'000'000'000);
    const QByteArray bytes = QByteArray::fromStdString(text);
    const Value value = take(readJson(text));
    const auto figure = [&](const char *name, const std::function<void()> &ours,
                            const std::function<void()> &theirs, const char *against) {
        report({.name = name,
                .value = nanosecondsEach(runs, ours) / 1e3,
                .unit = "us for " + std::to_string(text.size()) + " bytes",
                .better = Figure::Better::Lower,
                .limit = nanosecondsEach(runs, theirs) / 1e3,
                .against = against,
                .runs = runs});
    };
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    figure(
        "json.read", [&] { keep(take(readJson(text))); },
        [&] { keep(QJsonDocument::fromJson(bytes)); }, "QJsonDocument::fromJson");
    figure(
        "json.write", [&] { keep(writeJson(value)); },
        [&] { keep(document.toJson(QJsonDocument::Compact)); }, "QJsonDocument::toJson");
}

const Add add("json", "a webhook's body read and written", run);

} // namespace

} // namespace stormglass::bench
