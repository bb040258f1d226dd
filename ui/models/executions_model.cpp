#include "ui/models/executions_model.h"

#include "ui/models/execution_words.h"
#include "ui/models/times.h"

#include <algorithm>

namespace stormglass::ui {

namespace {

constexpr qsizetype rememberedDurations = 25;
constexpr int childLimit = 100;

LiveModel::Setup listSetup()
{
    LiveModel::Setup setup;
    setup.path = QStringLiteral("/executions");
    setup.query = {{QStringLiteral("parent"), QStringLiteral("null")}};
    setup.changes = QStringLiteral("st2.execution");
    setup.names = {{QStringLiteral("action"), QStringLiteral("action.ref")},
                   {QStringLiteral("pack"), QStringLiteral("action.pack")},
                   {QStringLiteral("runner"), QStringLiteral("action.runner_type")},
                   {QStringLiteral("rule"), QStringLiteral("rule.ref")},
                   {QStringLiteral("user"), QStringLiteral("context.user")},
                   {QStringLiteral("start"), QStringLiteral("start_timestamp")},
                   {QStringLiteral("end"), QStringLiteral("end_timestamp")},
                   {QStringLiteral("duration"), QStringLiteral("elapsed_seconds")}};
    setup.serverNames
        = {{QStringLiteral("id"), QStringLiteral("id")},
           {QStringLiteral("action"), QStringLiteral("action")},
           {QStringLiteral("status"), QStringLiteral("status")},
           {QStringLiteral("rule"), QStringLiteral("rule")},
           {QStringLiteral("runner"), QStringLiteral("runner")},
           {QStringLiteral("user"), QStringLiteral("user")},
           {QStringLiteral("trigger_instance.id"), QStringLiteral("trigger_instance")},
           {QStringLiteral("start>"), QStringLiteral("timestamp_gt")},
           {QStringLiteral("start<"), QStringLiteral("timestamp_lt")}};
    setup.limit = 10'000;
    return setup;
}

QString parentOf(const Value &value)
{
    return value["parent"].toQStringOr({});
}

} // namespace

ExecutionsModel::ExecutionsModel(Connection &connection, Feed &feed, QObject *parent)
    : LiveModel(connection, feed, listSetup(), parent)
    , m_zone(QTimeZone::systemTimeZone())
{
    connect(this, &LiveModel::valueChanged, this,
            [this](const QString &id) { learnDuration(nodeById(id)->value); });
    connect(this, &LiveModel::loadingChanged, this, [this] {
        if (loading() != Loading::Ready)
            return;
        for (const Value &value : newest(200))
            learnDuration(value);
    });
}

int ExecutionsModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ExecutionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case Action:
        return tr("Action");
    case Status:
        return tr("State");
    case Started:
        return tr("Started");
    case Duration:
        return tr("Duration");
    case Cause:
        return tr("Because of");
    case Outcome:
        return tr("Result");
    default:
        return {};
    }
}

void ExecutionsModel::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    if (rowCount() > 0)
        emit dataChanged(index(0, Started), index(rowCount() - 1, Started));
}

QString ExecutionsModel::text(const Value &value, int column) const
{
    const Timestamp now = connection().clock().now();
    switch (column) {
    case Action: {
        const QString task = value["context"]["orquesta"]["task_name"].toQStringOr({});
        const QString action = value["action"]["ref"].toQStringOr({});
        return task.isEmpty() ? action : task + QStringLiteral(" · ") + action;
    }
    case Status: {
        const std::optional<ExecutionStatus> status = statusOf(value);
        return status ? statusWord(*status) : value["status"].toQStringOr({});
    }
    case Started: {
        const std::optional<Timestamp> start = timeOf(value["start_timestamp"]);
        return start ? clockText(*start, now, m_zone) : QString();
    }
    case Duration: {
        const std::optional<std::chrono::microseconds> elapsed = elapsedOf(value, now);
        return elapsed ? durationText(*elapsed) : QString();
    }
    case Cause:
        return causeOf(value);
    case Outcome:
        return resultSummary(value);
    default:
        return {};
    }
}

void ExecutionsModel::learnDuration(const Value &value)
{
    if (statusOf(value) != ExecutionStatus::Succeeded)
        return;
    const std::optional<std::chrono::microseconds> elapsed = elapsedOf(value, {});
    if (!elapsed)
        return;
    QList<double> &known = m_durations[value["action"]["ref"].toQStringOr({})];
    known.append(static_cast<double>(elapsed->count()));
    if (known.size() > rememberedDurations)
        known.removeFirst();
}

std::optional<std::chrono::microseconds> ExecutionsModel::usualDuration(const QString &action) const
{
    QList<double> known = m_durations.value(action);
    if (known.size() < 3)
        return std::nullopt;
    const auto middle = known.begin() + known.size() / 2;
    std::nth_element(known.begin(), middle, known.end());
    return std::chrono::microseconds(static_cast<std::int64_t>(*middle));
}

void ExecutionsModel::tick()
{
    const int looked = qMin(200, rowCount());
    for (int row = 0; row < looked; ++row) {
        const QModelIndex cell = index(row, Duration);
        if (statusOf(valueAt(cell)) == ExecutionStatus::Running)
            emit dataChanged(cell, cell);
    }
}

bool ExecutionsModel::takes(const Value &value) const
{
    return parentOf(value).isEmpty();
}

bool ExecutionsModel::hasChildren(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (!node)
        return rowCount() > 0;
    if (node->childrenLoading == Loading::Ready)
        return !node->children.empty();
    return mayHaveChildren(node->value);
}

bool ExecutionsModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return node && node->childrenLoading == Loading::Idle && mayHaveChildren(node->value);
}

void ExecutionsModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    if (!node || node->childrenLoading != Loading::Idle)
        return;
    node->childrenLoading = Loading::Busy;
    const QString id = node->id;
    const Query query{{QStringLiteral("parent"), id},
                      {QStringLiteral("sort_asc"), QStringLiteral("True")},
                      {QStringLiteral("limit"), QString::number(childLimit)}};
    connection().list(QStringLiteral("/executions"), query,
                      Reply<Listing>(this, [this, id](Result<Listing> page) {
                          Node *above = nodeById(id);
                          if (!above)
                              return;
                          above->childrenLoading = page ? Loading::Ready : Loading::Idle;
                          if (page)
                              appendChildren(id, page->items);
                      }));
}

void ExecutionsModel::appendChildren(const QString &parentId, const ValueList &values)
{
    Node *above = nodeById(parentId);
    std::vector<std::unique_ptr<Node>> fresh;
    for (const Value &value : values) {
        const QString id = value["id"].toQStringOr({});
        if (nodeById(id))
            continue;
        auto child = std::make_unique<Node>();
        child->id = id;
        child->value = value;
        child->parent = above;
        fresh.push_back(std::move(child));
    }
    if (fresh.empty())
        return;
    const bool isSeen = isReachable(above);
    const auto first = static_cast<int>(above->children.size());
    if (isSeen)
        beginInsertRows(indexOf(above), first, first + static_cast<int>(fresh.size()) - 1);
    for (auto &child : fresh) {
        remember(child.get());
        above->children.push_back(std::move(child));
    }
    if (isSeen)
        endInsertRows();
}

void ExecutionsModel::takeRefused(const Value &value)
{
    const Node *above = nodeById(parentOf(value));
    if (above && above->childrenLoading == Loading::Ready)
        appendChildren(above->id, {value});
}

QStringList ExecutionsModel::filterFields()
{
    return {QStringLiteral("action"),   QStringLiteral("status"),
            QStringLiteral("rule"),     QStringLiteral("user"),
            QStringLiteral("start"),    QStringLiteral("end"),
            QStringLiteral("duration"), QStringLiteral("runner"),
            QStringLiteral("pack"),     QStringLiteral("trigger_instance.id"),
            QStringLiteral("id")};
}

} // namespace stormglass::ui
