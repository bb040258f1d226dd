// What the tiles of NowPage show; how they are built stands in now_page.cpp.
#include "ui/pages/now_page.h"

#include "ui/models/execution_words.h"
#include "ui/models/summary.h"
#include "ui/models/times.h"
#include "ui/pages/brief_list.h"
#include "ui/pages/looks.h"
#include "ui/pages/welcome_card.h"
#include "ui/widgets/charts.h"
#include "ui/widgets/states.h"
#include "ui/widgets/text.h"

#include <algorithm>
#include <map>

namespace stormglass::ui {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t looked = 2'000;
constexpr int shown = 5;
constexpr int buckets = 30;

bool isOlderThanAnHour(const Value &execution, Timestamp now)
{
    const std::optional<Timestamp> start = timeOf(execution["start_timestamp"]);
    return !start || now - *start > 1h;
}

// What a tile says while it has nothing: that there is nothing, or that it is not known.
QString nothing(Loading loading, const QString &text)
{
    if (loading == Loading::Failed)
        return NowPage::tr("Could not be read.");
    return loading == Loading::Ready ? text : NowPage::tr("Reading\u2026");
}

QString refOf(const Value &execution)
{
    return execution["action"]["ref"].toQStringOr({});
}

} // namespace

void NowPage::refresh()
{
    if (!isVisible())
        return;
    m_welcome->setVisible(!m_isDismissed && m_welcome->isOffered());
    if (m_welcome->isVisible())
        m_welcome->refresh();
    const QString failure = session().pulse.failure();
    // That the whole engine is away is said by the window.
    if (failure.isEmpty() || !session().connection.isReady())
        m_error->clear();
    else
        m_error->showError(tr("The engine's figures could not be read."), failure);
    refreshRate();
    refreshEngine();
    refreshExecutions();
    refreshSensors();
    refreshEvents();
}

void NowPage::refreshRate()
{
    const double rate = session().pulse.currentRate();
    m_rate->setText(
        tr("%1 / s").arg(rate < 10 ? QString::number(rate, 'f', 1) : countText(qRound64(rate))));
    m_line->setValues(session().pulse.eventsPerSecond());
    const std::vector<Value> newest = m_arrivals.newest(1);
    const std::optional<Timestamp> last
        = newest.empty() ? std::nullopt : timeOf(newest.front()["occurrence_time"]);
    m_rateNote->setText(last ? tr("%1 kept, the last came %2")
                                   .arg(countText(m_arrivals.total()), relativeText(*last, now()))
                             : tr("none has come yet"));
}

void NowPage::refreshEngine()
{
    const Value &stats = session().pulse.stats();
    const Value &engine = stats["engine"];
    QList<BriefRow> rows;
    const auto add = [&rows](const QString &name, const QString &value, Tone tone = Tone::Text) {
        if (!value.isEmpty())
            rows.append({{.text = name, .tone = Tone::Muted}, value, tone, {}});
    };
    const bool isReady = session().connection.isReady() && session().pulse.failure().isEmpty();
    const QString away
        = session().connection.state().isRefusal ? tr("key not accepted") : tr("not reached");
    add(tr("State"), isReady ? engine["state"].toQStringOr(QStringLiteral("ok")) : away,
        isReady ? Tone::Good : Tone::Bad);
    if (isReady)
        add(tr("Answers in"), durationText(session().connection.latency()));
    if (const std::optional<Timestamp> started = timeOf(engine["started"]))
        add(tr("Up for"), durationText(now() - *started));
    if (engine["memory"].isInt())
        add(tr("Memory"), sizeText(engine["memory"].toInt()));
    if (engine["database_bytes"].isInt())
        add(tr("Database"), sizeText(engine["database_bytes"].toInt()));
    else
        add(tr("Version"), engine["version"].toQStringOr({}));
    m_engine->setRows(rows, tr("No figures yet."));
}

bool NowPage::coversTheHour() const
{
    if (m_executions.hasAll() || m_executions.loaded() >= looked)
        return true;
    const std::vector<Value> all = m_executions.newest(m_executions.loaded());
    return !all.empty() && isOlderThanAnHour(all.back(), now());
}

void NowPage::lookFurther()
{
    if (!isVisible())
        return;
    if (!coversTheHour())
        m_executions.loadOlder();
    else
        refresh();
}

void NowPage::refreshExecutions()
{
    std::vector<Value> executions = m_executions.newest(looked);
    std::erase_if(executions,
                  [this](const Value &value) { return isOlderThanAnHour(value, now()); });
    QList<Stack> stacks(buckets, Stack{{0, 0, 0, 0}, {}});
    int failed = 0;
    int running = 0;
    for (const Value &execution : executions) {
        const Timestamp start = *timeOf(execution["start_timestamp"]);
        const auto bucket
            = buckets - 1 - qBound(0, static_cast<int>((now() - start) / 2min), buckets - 1);
        const ExecutionStatus status = statusOf(execution).value_or(ExecutionStatus::Requested);
        const int part = status == ExecutionStatus::Succeeded ? 0
            : isFailure(status)                               ? 1
            : status == ExecutionStatus::Running              ? 2
                                                              : 3;
        stacks[bucket].parts[part] += 1;
        failed += part == 1 ? 1 : 0;
        running += part == 2 ? 1 : 0;
    }
    m_bars->setStacks(stacks);
    const QString count = countText(static_cast<std::int64_t>(executions.size()));
    QStringList note{executions.size() < looked || m_executions.hasAll()
                         ? tr("%1 started").arg(count)
                         : tr("the newest %1").arg(count)};
    if (running > 0)
        note << tr("%1 running").arg(running);
    if (failed > 0)
        note << tr("%1 failed").arg(failed);
    const Loading loading = m_executions.loading();
    m_barsNote->setText(loading == Loading::Ready ? note.join(QStringLiteral(" · "))
                                                  : nothing(loading, {}));
    refreshSlowest(executions);
    refreshRules(executions);
    refreshFailures(executions);
}

void NowPage::refreshSlowest(const std::vector<Value> &executions)
{
    std::map<QString, std::chrono::microseconds> longest;
    for (const Value &execution : executions) {
        if (const auto elapsed = elapsedOf(execution, now()))
            longest[refOf(execution)] = std::max(longest[refOf(execution)], *elapsed);
    }
    std::vector<std::pair<QString, std::chrono::microseconds>> order(longest.begin(),
                                                                     longest.end());
    std::sort(order.begin(), order.end(),
              [](const auto &a, const auto &b) { return a.second > b.second; });
    QList<BriefRow> rows;
    for (std::size_t i = 0; i < std::min<std::size_t>(shown, order.size()); ++i) {
        BriefRow row{{.text = order[i].first, .elide = Qt::ElideMiddle},
                     durationText(order[i].second),
                     Tone::Muted,
                     {QStringLiteral("executions"),
                      {},
                      filterTerm(QStringLiteral("action"), Value(order[i].first))}};
        row.cell.bar = static_cast<double>(order[i].second.count())
            / static_cast<double>(std::max<std::int64_t>(1, order[0].second.count()));
        rows.append(row);
    }
    m_slowest->setRows(rows, nothing(m_executions.loading(), tr("Nothing ran in the last hour.")));
}

void NowPage::refreshRules(const std::vector<Value> &executions)
{
    struct Work
    {
        int fired = 0;
        int failed = 0;
    };
    std::map<QString, Work> works;
    for (const Value &execution : executions) {
        const QString rule = execution["rule"]["ref"].toQStringOr({});
        if (rule.isEmpty())
            continue;
        works[rule].fired += 1;
        works[rule].failed
            += isFailure(statusOf(execution).value_or(ExecutionStatus::Requested)) ? 1 : 0;
    }
    std::vector<std::pair<QString, Work>> order(works.begin(), works.end());
    std::sort(order.begin(), order.end(), [](const auto &a, const auto &b) {
        return std::pair(a.second.failed, a.second.fired)
            > std::pair(b.second.failed, b.second.fired);
    });
    QList<BriefRow> rows;
    for (std::size_t i = 0; i < std::min<std::size_t>(shown, order.size()); ++i) {
        const auto &[rule, work] = order[i];
        const bool isBad = work.failed > 0;
        const QString text = isBad ? tr("%1 of %2 failed").arg(work.failed).arg(work.fired)
            : work.fired == 1      ? tr("fired once")
                                   : tr("fired %1 times").arg(work.fired);
        rows.append({{.text = rule, .elide = Qt::ElideMiddle},
                     text,
                     isBad ? Tone::Bad : Tone::Muted,
                     {QStringLiteral("rules"), rule}});
    }
    m_rules->setRows(rows, nothing(m_executions.loading(), tr("No rule fired in the last hour.")));
}

void NowPage::refreshFailures(const std::vector<Value> &executions)
{
    QList<BriefRow> rows;
    for (const Value &execution : executions) {
        const ExecutionStatus status = statusOf(execution).value_or(ExecutionStatus::Requested);
        if (!isFailure(status) || rows.size() >= shown)
            continue;
        const StateLook look = lookOf(status);
        rows.append({{.text = refOf(execution),
                      .second = resultSummary(execution),
                      .glyph = look.glyph,
                      .glyphTone = look.tone},
                     relativeText(*timeOf(execution["start_timestamp"]), now()),
                     Tone::Muted,
                     {QStringLiteral("executions"), execution["id"].toQStringOr({})}});
    }
    m_failures->setRows(rows,
                        nothing(m_executions.loading(), tr("Nothing failed in the last hour.")));
}

void NowPage::refreshSensors()
{
    QList<BriefRow> rows;
    std::vector<Value> sensors = session().sensors.all();
    // Those in trouble come first.
    std::stable_sort(sensors.begin(), sensors.end(), [](const Value &a, const Value &b) {
        const auto rank = [](const Value &sensor) {
            const Tone tone = lookOfSensor(SensorsModel::stateOf(sensor)).tone;
            return tone == Tone::Bad ? 0 : tone == Tone::Warn ? 1 : tone == Tone::Faint ? 3 : 2;
        };
        return rank(a) < rank(b);
    });
    for (const Value &sensor : sensors) {
        if (rows.size() >= shown)
            break;
        const QString state = SensorsModel::stateOf(sensor);
        const StateLook look = lookOfSensor(state);
        const QString ref = sensor["ref"].toQStringOr({});
        rows.append({{.text = ref, .glyph = look.glyph, .glyphTone = look.tone},
                     QString(state).replace(QLatin1Char('_'), QLatin1Char(' ')),
                     look.tone == Tone::Good ? Tone::Muted : look.tone,
                     {QStringLiteral("sensors"), ref}});
    }
    m_sensors->setRows(rows, nothing(session().sensors.loading(), tr("No sensor is installed.")));
}

void NowPage::refreshEvents()
{
    QList<BriefRow> rows;
    for (const Value &event : m_arrivals.newest(shown)) {
        const std::optional<Timestamp> time = timeOf(event["occurrence_time"]);
        const bool hasFired = event["matched"].toIntOr(0) > 0;
        rows.append({{.text = m_arrivals.triggerType(event),
                      .second = summaryOf(event["payload"], 80),
                      .glyph = hasFired ? QStringLiteral("succeeded") : QStringLiteral("waiting"),
                      .glyphTone = hasFired ? Tone::Good : Tone::Faint},
                     time ? relativeText(*time, now()) : QString(),
                     Tone::Muted,
                     {QStringLiteral("events"), event["id"].toQStringOr({})}});
    }
    m_events->setRows(rows, nothing(m_arrivals.loading(), tr("Nothing has happened yet.")));
}

} // namespace stormglass::ui
