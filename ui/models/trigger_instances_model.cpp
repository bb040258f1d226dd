#include "ui/models/trigger_instances_model.h"

#include "ui/models/summary.h"
#include "ui/models/times.h"

namespace stormglass::ui {

namespace {

constexpr int askedAtOnce = 4;
constexpr int wantedLimit = 80;

LiveModel::Setup listSetup()
{
    LiveModel::Setup setup;
    setup.path = QStringLiteral("/triggerinstances");
    setup.changes = QStringLiteral("st2.triggerinstance");
    setup.names = {{QStringLiteral("time"), QStringLiteral("occurrence_time")},
                   {QStringLiteral("trigger"), QStringLiteral("trigger_type")}};
    setup.serverNames = {{QStringLiteral("status"), QStringLiteral("status")},
                         {QStringLiteral("trigger"), QStringLiteral("trigger_type")},
                         {QStringLiteral("time>"), QStringLiteral("timestamp_gt")},
                         {QStringLiteral("time<"), QStringLiteral("timestamp_lt")}};
    return setup;
}

} // namespace

TriggerInstancesModel::TriggerInstancesModel(Connection &connection, Feed &feed,
                                             TriggerNames &names, QObject *parent)
    : LiveModel(connection, feed, listSetup(), parent)
    , m_names(names)
    , m_zone(QTimeZone::systemTimeZone())
{
    connect(&m_names, &TriggerNames::learned, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, Trigger), index(rowCount() - 1, Trigger));
    });
}

int TriggerInstancesModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant TriggerInstancesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Trigger:
        return tr("Trigger");
    case Summary:
        return tr("Summary");
    case Verdicts:
        return tr("Verdicts");
    default:
        return {};
    }
}

void TriggerInstancesModel::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    if (rowCount() > 0)
        emit dataChanged(index(0, Time), index(rowCount() - 1, Time));
}

QString TriggerInstancesModel::triggerType(const Value &value) const
{
    const QString trigger = value["trigger"].toQStringOr({});
    const QString given = value["trigger_type"].toQStringOr({});
    return given.isEmpty() ? m_names.typeOf(trigger) : given;
}

QString TriggerInstancesModel::text(const Value &value, int column) const
{
    switch (column) {
    case Time: {
        const std::optional<Timestamp> time = timeOf(value["occurrence_time"]);
        return time ? clockText(*time, connection().clock().now(), m_zone) : QString();
    }
    case Trigger: {
        const QString trigger = value["trigger"].toQStringOr({});
        m_names.learn(trigger);
        return triggerType(value);
    }
    case Summary:
        return summaryOf(value["payload"]);
    case Verdicts: {
        const std::vector<VerdictView> *known = verdicts(value["id"].toQStringOr({}));
        const std::int64_t candidates = value["candidates"].toIntOr(0);
        return known ? verdictSummary(*known)
            : candidates == 0
            ? tr("no rule listens")
            : tr("%1 of %2 fired").arg(value["matched"].toIntOr(0)).arg(candidates);
    }
    default:
        return {};
    }
}

Value TriggerInstancesModel::filtered(const Value &value) const
{
    Value record = value;
    record.set("trigger_type", triggerType(value));
    Value rules = Value::list();
    Value words = Value::list();
    if (const std::vector<VerdictView> *known = verdicts(value["id"].toQStringOr({}))) {
        for (const VerdictView &verdict : *known) {
            rules.append(verdict.ruleRef);
            words.append(toText(verdict.kind));
        }
    } else {
        for (const Value &mark : value["verdicts"].itemsOrNone()) {
            rules.append(mark["rule"]);
            words.append(mark["verdict"]);
        }
    }
    record.set("rule", rules);
    record.set("verdict", words);
    return record;
}

std::vector<VerdictKind> TriggerInstancesModel::kinds(const Value &value) const
{
    std::vector<VerdictKind> kinds;
    if (const std::vector<VerdictView> *known = verdicts(value["id"].toQStringOr({}))) {
        for (const VerdictView &verdict : *known)
            kinds.push_back(verdict.kind);
        return kinds;
    }
    for (const Value &mark : value["verdicts"].itemsOrNone())
        kinds.push_back(
            verdictKindFromText(mark["verdict"].toQStringOr({})).value_or(VerdictKind::Error));
    if (!kinds.empty())
        return kinds;
    // Until they are known by rule, they are known by number.
    const std::int64_t matched = value["matched"].toIntOr(0);
    for (std::int64_t i = 0; i < qMin<std::int64_t>(12, value["candidates"].toIntOr(0)); ++i)
        kinds.push_back(i < matched ? VerdictKind::Matched : VerdictKind::NotMatched);
    return kinds;
}

void TriggerInstancesModel::wantMarks(const QString &id)
{
    const Node *node = nodeById(id);
    if (node && node->value["candidates"].toIntOr(0) > 0
        && node->value["verdicts"].itemsOrNone().empty())
        wantVerdicts(id);
}

const std::vector<VerdictView> *TriggerInstancesModel::verdicts(const QString &id) const
{
    const auto found = m_verdicts.constFind(id);
    return found == m_verdicts.constEnd() ? nullptr : &*found;
}

void TriggerInstancesModel::wantVerdicts(const QString &id)
{
    const Node *node = nodeById(id);
    if (!node || m_asking.contains(id))
        return;
    const std::vector<VerdictView> *known = verdicts(id);
    if (known && static_cast<std::int64_t>(known->size()) >= node->value["candidates"].toIntOr(0))
        return;
    m_wanted.removeAll(id);
    m_wanted.prepend(id);
    if (m_wanted.size() > wantedLimit)
        m_wanted.removeLast();
    askVerdicts();
}

void TriggerInstancesModel::askVerdicts()
{
    while (m_asking.size() < askedAtOnce && !m_wanted.isEmpty()) {
        const QString id = m_wanted.takeFirst();
        m_asking.append(id);
        connection().get(QStringLiteral("/triggerinstances/%1/verdicts").arg(id), {},
                         Reply<Value>(this, [this, id](Result<Value> answer) {
                             m_asking.removeAll(id);
                             if (answer && nodeById(id)) {
                                 m_verdicts.insert(id, verdictsOf(*answer));
                                 rowChanged(nodeById(id));
                                 emit verdictsChanged(id);
                             }
                             askVerdicts();
                         }));
    }
}

void TriggerInstancesModel::takeOther(const Change &change)
{
    if (change.event != QLatin1String("stormglass.verdict__create"))
        return;
    const QString id = change.payload["trigger_instance_id"].toQStringOr({});
    const Node *node = nodeById(id);
    // Only those of rows that are here; of others the next look asks.
    if (!node)
        return;
    std::vector<VerdictView> &known = m_verdicts[id];
    const VerdictView fresh = verdictOf(change.payload);
    std::erase_if(known, [&fresh](const VerdictView &old) { return old.ruleRef == fresh.ruleRef; });
    known.push_back(fresh);
    rowChanged(node);
    emit verdictsChanged(id);
}

void TriggerInstancesModel::forget(const QString &id)
{
    m_verdicts.remove(id);
}

QStringList TriggerInstancesModel::filterFields()
{
    return {QStringLiteral("trigger"), QStringLiteral("status"),  QStringLiteral("time"),
            QStringLiteral("rule"),    QStringLiteral("verdict"), QStringLiteral("matched"),
            QStringLiteral("id")};
}

} // namespace stormglass::ui
