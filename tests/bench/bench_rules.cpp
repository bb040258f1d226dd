#include "tests/bench/bench.h"
#include "tests/bench/measuring.h"
#include "tests/bench/samples.h"

#include "engine/base/json.h"
#include "engine/rules/rehearsal.h"
#include "engine/rules/rule_set.h"

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int runs = 5;
constexpr int rehearsed = 1'000'000;

Id idOf(int number)
{
    return Id({0, 0, 0, 0, 0, 0, 0, 0, 1, static_cast<std::uint8_t>(number >> 16),
               static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)});
}

enum class Exclusion {
    // Nothing but an order of numbers decides: every rule must be asked.
    None,
    // A text that is equal or not: rules of other texts need not be asked.
    ByText
};

Rule ruleOf(int number, Exclusion exclusion)
{
    Value criteria
        = Value::map({{"trigger.body.alert.value",
                       Value::map({{"type", "greaterthan"}, {"pattern", 1'000 + number}})}});
    if (exclusion == Exclusion::ByText)
        criteria = Value::map(
            {{"trigger.body.alert.host",
              Value::map({{"type", "equals"}, {"pattern", u"web-%1"_s.arg(number)}})}});
    Rule rule;
    rule.id = idOf(number);
    rule.ref = {u"bench"_s, u"rule_%1"_s.arg(number)};
    rule.triggerType = {u"core"_s, u"st2.webhook"_s};
    rule.trigger = idOf(0xFFFFFF);
    rule.criteria = std::move(criteria);
    return rule;
}

TriggerInstance instance()
{
    TriggerInstance result;
    result.id = idOf(0xFFFFFE);
    result.triggerId = idOf(0xFFFFFF);
    result.trigger = {u"core"_s, u"st2.webhook"_s};
    result.payload = Value::map({{"body", take(readJson(alertBody(1)))}});
    return result;
}

double nanosecondsARule(int rules, Exclusion exclusion)
{
    RuleSet set;
    for (int i = 0; i < rules; ++i)
        set.put(ruleOf(i, exclusion));
    const SystemClock clock;
    const TriggerInstance event = instance();
    return nanosecondsEach(runs, [&] { keep(set.judge(event, nullptr, clock).candidates()); })
        / rules;
}

// The same question, written in C++ for this one payload: a look-up and a comparison.
double nanosecondsByHand()
{
    const Value payload = instance().payload;
    double threshold = 1'000;
    return nanosecondsEach(runs, [&] {
        keep(payload["body"]["alert"]["value"].toDouble() > threshold);
        threshold += 1;
    });
}

void judge(const Report &report)
{
    const double byHand = nanosecondsByHand();
    for (const int rules : {10, 100, 1'000, 10'000}) {
        for (const Exclusion exclusion : {Exclusion::None, Exclusion::ByText}) {
            const char *kind = exclusion == Exclusion::None ? "checked_" : "indexed_";
            report({.name = "rules." + (kind + std::to_string(rules)),
                    .value = nanosecondsARule(rules, exclusion),
                    .unit = "ns a rule",
                    .better = Figure::Better::Lower,
                    .limit = byHand,
                    .against = "the same condition written in C++ for this payload",
                    .runs = runs});
        }
    }
}

std::vector<std::string> payloads()
{
    std::vector<std::string> texts;
    for (int i = 0; i < 1'000; ++i)
        texts.push_back(R"({"headers": {}, "body": )" + alertBody(i) + "}");
    return texts;
}

double rehearse(const std::vector<RecordedEvent> &chunk)
{
    Rule draft = ruleOf(0, Exclusion::None);
    draft.criteria = alertRule(1, true, u"enabled"_s)["criteria"];
    Rehearsal rehearsal(draft, std::nullopt, nullptr);
    const Stopwatch watch;
    for (int done = 0; done < rehearsed; done += static_cast<int>(chunk.size()))
        keep(rehearsal.take(chunk).size());
    if (rehearsal.summary().fires != rehearsed)
        giveUp(u"The rehearsal missed events."_s);
    return watch.seconds();
}

void runRehearsal(const Report &report)
{
    const std::vector<std::string> texts = payloads();
    std::vector<RecordedEvent> chunk;
    for (const std::string &text : texts)
        chunk.push_back({idOf(static_cast<int>(chunk.size())), Timestamp(), text, false});
    std::vector<double> times;
    std::vector<double> limits;
    for (int run = 0; run < 3; ++run) {
        const Stopwatch watch;
        for (const std::string &text : texts)
            keep(take(readJson(text)));
        limits.push_back(watch.seconds() * rehearsed / static_cast<double>(texts.size()));
        times.push_back(rehearse(chunk));
    }
    report({.name = "rehearsal.million_events",
            .value = median(times),
            .unit = "s",
            .better = Figure::Better::Lower,
            .limit = median(limits),
            .against = "reading the same payloads whole, without asking anything",
            .runs = 3});
}

const Add addRules("rules", "one event against many rules on its trigger", judge);
const Add addRehearsal("rehearsal", "a draft rule over a million recorded events", runRehearsal);

} // namespace

} // namespace stormglass::bench
