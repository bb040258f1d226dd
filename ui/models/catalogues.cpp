#include "ui/models/catalogues.h"

#include "ui/models/times.h"

namespace stormglass::ui {

namespace {

QVariant header(int section, Qt::Orientation orientation, int role, const QStringList &titles)
{
    return role == Qt::DisplayRole && orientation == Qt::Horizontal
        ? QVariant(titles.value(section))
        : QVariant();
}

double numberOf(const Value &value)
{
    return value.isDouble() ? value.toDouble() : static_cast<double>(value.toIntOr(0));
}

} // namespace

RulesModel::RulesModel(Connection &connection, Feed &feed, QObject *parent)
    : CatalogueModel(connection, feed,
                     {QStringLiteral("/rules"),
                      {},
                      {QStringLiteral("st2.rule__"), QStringLiteral("stormglass.rule__")},
                      {{QStringLiteral("trigger"), QStringLiteral("trigger.type")},
                       {QStringLiteral("action"), QStringLiteral("action.ref")}}},
                     parent)
{
}

int RulesModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return header(section, orientation, role,
                  {tr("Rule"), tr("State"), tr("When"), tr("Then"), tr("Description")});
}

QString RulesModel::stateOf(const Value &rule)
{
    const QString state = rule["state"].toQStringOr({});
    if (!state.isEmpty())
        return state;
    return rule["enabled"].toBoolOr(false) ? QStringLiteral("enabled") : QStringLiteral("disabled");
}

QString RulesModel::text(const Value &value, int column) const
{
    switch (column) {
    case Ref:
        return value["ref"].toQStringOr({});
    case State: {
        const QString state = stateOf(value);
        return state == QLatin1String("enabled") ? tr("enabled")
            : state == QLatin1String("observe")  ? tr("observing")
                                                 : tr("disabled");
    }
    case Trigger:
        return value["trigger"]["type"].toQStringOr({});
    case Action:
        return value["action"]["ref"].toQStringOr({});
    case Description:
        return value["description"].toQStringOr({}).simplified();
    default:
        return {};
    }
}

QStringList RulesModel::filterFields()
{
    return {QStringLiteral("ref"),     QStringLiteral("pack"),   QStringLiteral("state"),
            QStringLiteral("trigger"), QStringLiteral("action"), QStringLiteral("description")};
}

SensorsModel::SensorsModel(Connection &connection, Feed &feed, QObject *parent)
    : CatalogueModel(connection, feed,
                     {QStringLiteral("/sensortypes"),
                      {},
                      {QStringLiteral("stormglass.sensor__"), QStringLiteral("st2.sensortype__")},
                      {}},
                     parent)
{
}

int SensorsModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant SensorsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section >= Cpu)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return header(section, orientation, role,
                  {tr("Sensor"), tr("State"), tr("Events a minute"), tr("Last event"), tr("CPU"),
                   tr("Memory"), tr("Process"), tr("Restarts")});
}

QString SensorsModel::stateOf(const Value &sensor)
{
    if (!sensor["enabled"].toBoolOr(true))
        return QStringLiteral("disabled");
    return sensor["status"]["state"].toQStringOr(QStringLiteral("unknown"));
}

bool SensorsModel::isInTrouble(const Value &sensor)
{
    const QString state = stateOf(sensor);
    return state == QLatin1String("failed") || state == QLatin1String("backing_off")
        || (state != QLatin1String("disabled") && sensor["status"]["silent"].toBoolOr(false));
}

QList<double> SensorsModel::eventsPerMinute(const Value &sensor)
{
    QList<double> values;
    for (const Value &value : sensor["status"]["events_per_minute"].itemsOrNone())
        values.append(numberOf(value));
    return values;
}

QString SensorsModel::text(const Value &value, int column) const
{
    const Value &status = value["status"];
    switch (column) {
    case Ref:
        return value["ref"].toQStringOr({});
    case State: {
        const QString state = stateOf(value).replace(QLatin1Char('_'), QLatin1Char(' '));
        return status["silent"].toBoolOr(false) ? tr("%1, silent").arg(state) : state;
    }
    case Events: {
        const QList<double> values = eventsPerMinute(value);
        return values.isEmpty() ? QString() : countText(static_cast<std::int64_t>(values.back()));
    }
    case LastEvent: {
        const std::optional<Timestamp> last = timeOf(status["last_event"]);
        return last ? relativeText(*last, connection().clock().now()) : tr("none yet");
    }
    case Cpu:
        return status["pid"].toIntOr(0) > 0 ? tr("%1 %").arg(numberOf(status["cpu"]), 0, 'f', 1)
                                            : QString();
    case Memory:
        return status["pid"].toIntOr(0) > 0 ? sizeText(status["memory"].toIntOr(0)) : QString();
    case Process:
        return status["pid"].toIntOr(0) > 0 ? QString::number(status["pid"].toInt()) : QString();
    case Restarts: {
        const std::int64_t count = restartsOf(value);
        return count > 0 ? QString::number(count) : QString();
    }
    default:
        return {};
    }
}

QVariant SensorsModel::sortKey(const Value &value, int column) const
{
    const Value &status = value["status"];
    switch (column) {
    case Events:
        return eventsPerMinute(value).isEmpty() ? 0.0 : eventsPerMinute(value).back();
    case LastEvent:
        return status["last_event"].toQStringOr({});
    case Cpu:
        return numberOf(status["cpu"]);
    case Memory:
        return numberOf(status["memory"]);
    case Process:
        return numberOf(status["pid"]);
    case Restarts:
        return static_cast<qlonglong>(restartsOf(value));
    default:
        return CatalogueModel::sortKey(value, column);
    }
}

Value SensorsModel::filtered(const Value &value) const
{
    Value record = value;
    record.set("state", stateOf(value));
    return record;
}

// A change tells the state alone; an answer the whole sensor.
Value SensorsModel::merged(const Value &old, const Value &update) const
{
    Value result = old;
    if (update["state"].isText() && !update.find("status")) {
        result.set("status", update);
        return result;
    }
    for (const ValueMap::Entry &entry : update.entriesOrNone())
        result.set(entry.key, entry.value);
    return result;
}

std::int64_t SensorsModel::restartsOf(const Value &sensor)
{
    const auto told = static_cast<std::int64_t>(sensor["status"]["restarts"].itemsOrNone().size());
    return sensor["status"]["restart_count"].toIntOr(told);
}

QStringList SensorsModel::filterFields()
{
    return {QStringLiteral("ref"),           QStringLiteral("pack"),
            QStringLiteral("state"),         QStringLiteral("enabled"),
            QStringLiteral("trigger_types"), QStringLiteral("status.pid"),
            QStringLiteral("status.cpu")};
}

ActionsModel::ActionsModel(Connection &connection, Feed &feed, QObject *parent)
    : CatalogueModel(connection, feed,
                     {QStringLiteral("/actions"),
                      // Thousands of them are many megabytes with all that a form needs; `complete`
                      // brings that of one.
                      {{QStringLiteral("include_attributes"),
                        QStringLiteral("id,ref,pack,name,description,runner_type,enabled")}},
                      {QStringLiteral("st2.action__")},
                      {{QStringLiteral("runner"), QStringLiteral("runner_type")}}},
                     parent)
{
}

int ActionsModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ActionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return header(section, orientation, role, {tr("Action"), tr("What it does"), tr("Runner")});
}

QString ActionsModel::text(const Value &value, int column) const
{
    switch (column) {
    case Ref:
        return value["ref"].toQStringOr({});
    case Description:
        return value["description"].toQStringOr({}).simplified();
    case Runner:
        return value["runner_type"].toQStringOr({});
    default:
        return {};
    }
}

QStringList ActionsModel::filterFields()
{
    return {QStringLiteral("ref"), QStringLiteral("pack"), QStringLiteral("runner"),
            QStringLiteral("enabled"), QStringLiteral("description")};
}

PacksModel::PacksModel(Connection &connection, Feed &feed, QObject *parent)
    : CatalogueModel(connection, feed,
                     {QStringLiteral("/packs"),
                      {{QStringLiteral("limit"), QStringLiteral("-1")},
                       {QStringLiteral("exclude_attributes"), QStringLiteral("files")}},
                      {QStringLiteral("st2.pack__")},
                      {}},
                     parent)
{
    connect(this, &CatalogueModel::loadingChanged, this, [this] {
        if (loading() == Loading::Ready)
            askProblems();
    });
}

const std::vector<Value> &PacksModel::problemsOf(const QString &pack) const
{
    static const std::vector<Value> none;
    const auto found = m_problems.constFind(pack);
    return found == m_problems.constEnd() ? none : *found;
}

// StackStorm keeps no such list; where there is none, nothing is said.
void PacksModel::askProblems()
{
    connection().list(QStringLiteral("/packs/views/health"), {},
                      Reply<Listing>(this, [this](const Result<Listing> &page) {
                          if (page)
                              takeProblems(page->items);
                      }));
}

void PacksModel::takeProblems(const ValueList &problems)
{
    m_problems.clear();
    for (const Value &problem : problems)
        m_problems[problem["pack"].toQStringOr({})].push_back(problem);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit problemsChanged();
}

int PacksModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant PacksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return header(section, orientation, role,
                  {tr("Pack"), tr("Version"), tr("What it is for"), tr("Author")});
}

QString PacksModel::text(const Value &value, int column) const
{
    switch (column) {
    case Ref:
        return value["ref"].toQStringOr({});
    case Version:
        return value["version"].toQStringOr({});
    case Description:
        return value["description"].toQStringOr({}).simplified();
    case Author:
        return value["author"].toQStringOr({});
    default:
        return {};
    }
}

QStringList PacksModel::filterFields()
{
    return {QStringLiteral("ref"), QStringLiteral("version"), QStringLiteral("author"),
            QStringLiteral("keywords"), QStringLiteral("description")};
}

TriggerTypesModel::TriggerTypesModel(Connection &connection, Feed &feed, QObject *parent)
    : CatalogueModel(connection, feed,
                     {QStringLiteral("/triggertypes"),
                      {{QStringLiteral("limit"), QStringLiteral("-1")}},
                      {QStringLiteral("st2.triggertype__")},
                      {}},
                     parent)
{
}

int TriggerTypesModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QString TriggerTypesModel::text(const Value &value, int) const
{
    return value["ref"].toQStringOr({});
}

} // namespace stormglass::ui
