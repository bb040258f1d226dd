#include "tests/bench/samples.h"

#include "engine/base/json.h"

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

Value condition(const char *type, Value pattern)
{
    return Value::map({{"type", type}, {"pattern", std::move(pattern)}});
}

Value alert(std::int64_t sent)
{
    return Value::map(
        {{"id", 884213},
         {"severity", "critical"},
         {"host", "web-17.eu-central.example.org"},
         {"value", 97.25},
         {"threshold", 90},
         {"env", "prod"},
         {"sent", sent},
         {"summary",
          "CPU of web-17.eu-central.example.org has been above 90 % for more than ten minutes"},
         {"labels",
          Value::map({{"team", "payments"},
                      {"service", "checkout"},
                      {"region", "eu-central-1"},
                      {"cluster", "blue"},
                      {"pod", "checkout-7f9c4d8b5-x2x7q"}})},
         {"checks", Value::list({91.5, 93.25, 92.0, 95.75, 97.25})}});
}

} // namespace

std::string alertBody(std::int64_t sent)
{
    return writeJson(Value::map(
        {{"version", "4"},
         {"status", "firing"},
         {"receiver", "stormglass"},
         {"alert", alert(sent)},
         {"links",
          Value::list({"https://monitor.example.org/alerts/884213",
                       "https://runbooks.example.org/cpu-above-threshold"})},
         {"history",
          Value::list(
              {Value::map({{"at", "2024-03-01T10:01:12.000000Z"}, {"state", "pending"}}),
               Value::map({{"at", "2024-03-01T10:11:12.000000Z"}, {"state", "firing"}}),
               Value::map({{"at", "2024-03-01T10:11:13.000000Z"}, {"state", "notified"}})})}}));
}

Value alertRule(int number, bool matches, const QString &state)
{
    return Value::map(
        {{"name", u"alert_%1"_s.arg(number)},
         {"pack", "default"},
         {"state", state},
         {"enabled", state == u"enabled"},
         {"trigger",
          Value::map(
              {{"type", "core.st2.webhook"}, {"parameters", Value::map({{"url", "alerts"}})}})},
         {"criteria",
          Value::map({{"trigger.body.alert.severity", condition("equals", "critical")},
                      {"trigger.body.alert.value", condition("greaterthan", 80 + number % 10)},
                      {"trigger.body.alert.host",
                       condition("contains", matches ? "web-17" : "database")}})},
         {"action", Value::map({{"ref", "core.noop"}, {"parameters", Value::map()}})}});
}

} // namespace stormglass::bench
