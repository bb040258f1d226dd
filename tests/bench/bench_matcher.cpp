#include "tests/bench/bench.h"
#include "tests/bench/measuring.h"
#include "tests/bench/samples.h"

#include "engine/base/json.h"
#include "engine/pipeline/intake.h"
#include "engine/pipeline/matcher.h"
#include "engine/store/transaction.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

constexpr int batch = 100;
constexpr int batches = 30;

class NoChanges final : public ChangeSink
{
public:
    void add(QString, Value) override {}
    bool isHeard() const override { return true; }
    std::size_t mark() const override { return 0; }
    void dropSince(std::size_t) override {}
};

// Stations 2 and 3 on a database of their own, with many rules on one trigger.
class MatcherSite
{
public:
    explicit MatcherSite(int rules)
        : m_database(take(Database::openWriter(m_folder.filePath(u"bench.db"_s))))
    {
        m_trigger.id = m_ids.make();
        m_trigger.ref = {u"bench"_s, u"alert"_s};
        m_trigger.type = m_trigger.ref;
        m_triggers.put(m_trigger);
        for (int i = 0; i < rules; ++i)
            m_rules.put(ruleOf(i));
        // Compiles what is compiled once.
        keep(m_rules.judge({}, nullptr, m_clock).candidates());
    }

    // Microseconds that matching one event takes at station 3: verdicts, enforcement and status
    // written, without the commit.
    double microsecondsAnEvent()
    {
        std::vector<double> times;
        for (int i = 0; i < batches; ++i)
            times.push_back(batchMicroseconds() / batch);
        return median(times);
    }

private:
    Rule ruleOf(int number)
    {
        Rule rule;
        rule.id = m_ids.make();
        rule.ref = {u"bench"_s, u"rule_%1"_s.arg(number)};
        rule.triggerType = m_trigger.type;
        rule.trigger = m_trigger.id;
        // The third of ten, a hundred, … matches; the others are for other hosts.
        const QString host = number == 3 ? u"db-01"_s : u"web-%1"_s.arg(number);
        rule.criteria = Value::map(
            {{"trigger.host", Value::map({{"type", "equals"}, {"pattern", host}})},
             {"trigger.alert.value", Value::map({{"type", "greaterthan"}, {"pattern", 10}})}});
        return rule;
    }

    double batchMicroseconds()
    {
        std::vector<Id> taken;
        Transaction transaction(*m_database);
        for (int i = 0; i < batch; ++i) {
            Event event;
            event.triggerId = m_trigger.id;
            event.payload
                = Value::map({{"host", "db-01"}, {"alert", take(readJson(alertBody(i)))["alert"]}});
            taken.push_back(take(m_intake.take(std::move(event), PayloadCheck::Trusted)));
        }
        const Stopwatch watch;
        for (const Id &id : taken)
            check(m_matcher.take(id));
        const double spent = watch.seconds() * 1e6;
        check(transaction.commit());
        m_fresh.clear();
        m_bus.serve(10 * batch, [](Topic, const Id &) {});
        return spent;
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    IdGenerator m_ids{m_clock};
    std::unique_ptr<Database> m_database;
    Stores m_stores{*m_database};
    Trigger m_trigger;
    TriggerIndex m_triggers;
    RuleSet m_rules;
    FreshRows m_fresh{*m_database};
    LocalBus m_bus;
    NoChanges m_changes;
    Intake m_intake{m_clock, m_ids, m_stores, m_triggers, m_fresh, m_bus};
    Matcher m_matcher{m_clock, m_ids,   m_stores, m_triggers, m_rules,
                      nullptr, m_fresh, m_bus,    m_changes};
};

void match(const Report &report)
{
    const double ofTen = MatcherSite(10).microsecondsAnEvent();
    for (const int rules : {10, 100, 1'000, 10'000})
        report({.name = "matcher.rules_" + std::to_string(rules),
                .value = MatcherSite(rules).microsecondsAnEvent(),
                .unit = "us an event",
                .better = Figure::Better::Lower,
                .limit = ofTen,
                .against = "the same station with ten rules, one of which matches",
                .goal = 2 * ofTen,
                .runs = batches});
}

const Add addMatcher("matcher",
                     "one event through the matcher station, few of many rules can match", match);

} // namespace

} // namespace stormglass::bench
