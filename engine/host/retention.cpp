#include "engine/host/retention.h"

#include "engine/base/timestamp.h"

#include <QLoggingCategory>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(retentionLog, "stormglass.engine.host")

namespace {

constexpr int rowsAtOnce = 100;
constexpr int stepsAtMost = 20;
constexpr std::chrono::milliseconds pieceLength{10};
// What happened just now is never taken, however full the disk is.
constexpr std::chrono::seconds leastAge = std::chrono::hours(1);
// Where the budget begins with what is kept for ever.
constexpr std::chrono::hours longAge{24 * 365};

Value documentOf(const std::map<QString, std::int64_t> &counts)
{
    Value document = Value::map();
    for (const auto &[name, count] : counts)
        document.set(name, count);
    return document;
}

QString listOf(const std::map<QString, std::int64_t> &counts)
{
    QStringList parts;
    for (const auto &[name, count] : counts)
        parts << u"%1 %2"_s.arg(count).arg(name);
    return parts.join(u", "_s);
}

} // namespace

Retention::Retention(const Clock &clock, const Settings &settings, Stores &stores,
                     KeyValueStore &keys, Attempt attempt)
    : m_clock(clock)
    , m_stores(stores)
    , m_tokens(stores.database)
    , m_keys(keys)
    , m_attempt(std::move(attempt))
    , m_budget(settings.historyMegabytes * 1024 * 1024)
    , m_kinds(kinds(settings))
{
}

std::vector<Retention::Kind> Retention::kinds(const Settings &settings)
{
    const auto of = [](auto &store) {
        return [&store](Timestamp before, int limit) { return store.removeBefore(before, limit); };
    };
    // Output first: it is the most, and the least missed.
    return {{u"output"_s, settings.keepOutput, true, of(m_stores.output)},
            {u"verdicts"_s, settings.keepVerdicts, true, of(m_stores.verdicts)},
            {u"trigger_instances"_s, settings.keepTriggerInstances, true,
             of(m_stores.triggerInstances)},
            {u"rule_enforcements"_s, settings.keepEnforcements, true, of(m_stores.enforcements)},
            {u"action_executions"_s, settings.keepExecutions, true, of(m_stores.executions)},
            {u"traces"_s, settings.keepTraces, true, of(m_stores.traces)},
            {u"tokens"_s, settings.keepTokens, false,
             [this](Timestamp before, int limit) { return m_tokens.removeExpired(before, limit); }},
            {u"expired_keys"_s, std::chrono::hours(0), false,
             [this](Timestamp, int limit) { return m_keys.removeExpired(m_clock.now(), limit); }}};
}

bool Retention::begin()
{
    if (m_run)
        return false;
    m_run = Run{.started = m_clock.now()};
    return true;
}

bool Retention::runPiece()
{
    if (!m_run)
        return false;
    const Instant until = m_clock.instant() + pieceLength;
    for (int step = 0; step < stepsAtMost && m_clock.instant() < until; ++step) {
        if (!removeSome() && !goOn()) {
            end();
            return false;
        }
    }
    return true;
}

// Zero keeps for ever, but for what goes as soon as it has expired.
std::chrono::seconds Retention::ageOf(const Kind &kind) const
{
    if (m_run->halvings == 0)
        return kind.age;
    const std::chrono::seconds whole = kind.age.count() > 0 ? kind.age : longAge;
    return std::max(whole / (std::int64_t{1} << m_run->halvings), leastAge);
}

bool Retention::removeSome()
{
    const Kind &kind = m_kinds[m_run->kind];
    const bool isSkipped = kind.isHistory ? ageOf(kind).count() == 0 : m_run->halvings > 0;
    if (isSkipped)
        return false;
    int removed = 0;
    const Result<> done = m_attempt([&]() -> Result<> {
        SG_LET(removed, kind.remove(m_clock.now() - ageOf(kind), rowsAtOnce));
        return {};
    });
    // One kind's fault must not keep the others.
    if (!done) {
        m_run->errors[kind.name] = done.error().message;
        return false;
    }
    if (removed > 0) {
        m_run->removed[kind.name] += removed;
        m_removedInAll[kind.name] += removed;
    }
    return removed == rowsAtOnce;
}

// To the next kind, and after the last once more with half the ages while there is too much.
bool Retention::goOn()
{
    if (++m_run->kind < m_kinds.size())
        return true;
    if (const Result<Database::Size> size = m_stores.database.size())
        m_size = *size;
    if (!needsMore())
        return false;
    m_run->kind = 0;
    ++m_run->halvings;
    return true;
}

bool Retention::needsMore()
{
    if (!isOverBudget() || !m_run->errors.empty())
        return false;
    return std::ranges::any_of(
        m_kinds, [this](const Kind &kind) { return kind.isHistory && ageOf(kind) != leastAge; });
}

bool Retention::isOverBudget() const
{
    return m_budget > 0 && m_size.used > m_budget;
}

void Retention::end()
{
    m_run->ended = m_clock.now();
    if (!m_run->removed.empty())
        qCInfo(retentionLog).noquote()
            << "Removed" << listOf(m_run->removed)
            << (m_run->halvings > 0 ? "before their time, since the database was over its budget."
                                    : "that were older than they are kept.");
    for (const auto &[name, error] : m_run->errors)
        qCWarning(retentionLog).noquote() << "Old" << name << "were not removed:" << error;
    if (isOverBudget() && !m_isWarned)
        qCWarning(retentionLog).noquote()
            << "The database holds" << m_size.used
            << "bytes, more than its budget, and nothing more can go. Raise history_megabytes or"
            << "look for what writes so much.";
    m_isWarned = isOverBudget();
    m_last = std::exchange(m_run, std::nullopt);
}

Value Retention::document() const
{
    Value kept = Value::map();
    for (const Kind &kind : m_kinds) {
        if (kind.isHistory || kind.age.count() > 0)
            kept.set(kind.name, kind.age.count() > 0 ? Value(kind.age.count()) : Value());
    }
    Value document = Value::map({{"state", m_run ? "running" : "idle"},
                                 {"kept_hours", kept},
                                 {"budget",
                                  Value::map({{"bytes", m_budget > 0 ? Value(m_budget) : Value()},
                                              {"used", m_size.used},
                                              {"allocated", m_size.allocated},
                                              {"is_over", isOverBudget()}})},
                                 {"removed_since_start", documentOf(m_removedInAll)},
                                 {"last_run", Value()}});
    if (!m_last)
        return document;
    Value errors = Value::map();
    for (const auto &[name, error] : m_last->errors)
        errors.set(name, error);
    document.set("last_run",
                 Value::map({{"started", toIsoText(m_last->started)},
                             {"ended", toIsoText(*m_last->ended)},
                             {"removed", documentOf(m_last->removed)},
                             {"errors", errors},
                             {"for_budget", m_last->halvings > 0}}));
    return document;
}

} // namespace stormglass
