#include "ui/models/activity.h"

#include "ui/models/execution_words.h"

namespace stormglass::ui {

namespace {

constexpr std::size_t kept = 1'000;
// A storm of failures is counted elsewhere; here it would push everything else out.
constexpr int failuresABatch = 5;

} // namespace

Activity::Activity(Connection &connection, Feed &feed, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
{
    connect(&feed, &Feed::arrived, this, &Activity::take);
    connect(&m_connection, &Connection::stateChanged, this, &Activity::takeState);
    connect(&m_connection, &Connection::asked, this,
            [this](const QString &what, const QString &failure) {
                if (failure.isEmpty())
                    add(Weight::Good, what);
                else
                    add(Weight::Failure, what + QStringLiteral(": ") + failure);
            });
}

void Activity::add(Weight weight, const QString &text)
{
    m_entries.push_back({m_connection.clock().now(), weight, text});
    if (m_entries.size() > kept)
        m_entries.pop_front();
    emit added(m_entries.back());
}

void Activity::take(const std::vector<Change> &changes)
{
    int failures = 0;
    for (const Change &change : changes) {
        if (change.event == QLatin1String("st2.execution__update")) {
            const std::optional<ExecutionStatus> status = statusOf(change.payload);
            if (status && isFailure(*status) && ++failures <= failuresABatch)
                takeExecution(change);
        } else if (change.event.startsWith(QLatin1String("stormglass.sensor__"))) {
            takeSensor(change);
        } else if (change.event.startsWith(QLatin1String("st2.rule__"))
                   || change.event.startsWith(QLatin1String("st2.pack__"))) {
            const QString kind = change.event.mid(4, 4);
            add(Weight::Note,
                tr("%1 %2: %3")
                    .arg(kind, change.payload["ref"].toQStringOr({}),
                         change.event.section(QLatin1String("__"), 1)));
        }
    }
    if (failures > failuresABatch)
        add(Weight::Failure,
            tr("%1 more executions failed at the same time.").arg(failures - failuresABatch));
}

void Activity::takeExecution(const Change &change)
{
    const std::optional<ExecutionStatus> status = statusOf(change.payload);
    add(Weight::Failure,
        tr("%1 %2: %3")
            .arg(change.payload["action"]["ref"].toQStringOr({}), statusWord(*status),
                 resultSummary(change.payload)));
}

void Activity::takeSensor(const Change &change)
{
    const QString ref = change.payload["ref"].toQStringOr({});
    const Value &status
        = change.payload["status"].isMap() ? change.payload["status"] : change.payload;
    const QString state = status["state"].toQStringOr({});
    if (state.isEmpty() || m_sensorStates.value(ref) == state)
        return;
    const bool isFirst = !m_sensorStates.contains(ref);
    m_sensorStates.insert(ref, state);
    const bool isBad = state == QLatin1String("failed") || state == QLatin1String("backing_off");
    if (isFirst && !isBad)
        return;
    const ValueList &restarts = status["restarts"].itemsOrNone();
    const QString reason
        = isBad && !restarts.empty() ? restarts.back()["reason"].toQStringOr({}) : QString();
    QString text = tr("sensor %1 is %2")
                       .arg(ref, QString(state).replace(QLatin1Char('_'), QLatin1Char(' ')));
    if (!reason.isEmpty())
        text += QStringLiteral(": ") + reason;
    add(isBad ? Weight::Warning : Weight::Note, text);
}

void Activity::takeState()
{
    const InstanceState state = m_connection.state();
    switch (state.kind) {
    case InstanceState::Kind::Starting:
        add(Weight::Note, tr("The engine is starting."));
        break;
    case InstanceState::Kind::Ready:
        add(Weight::Good, tr("The engine is ready."));
        break;
    case InstanceState::Kind::Unreachable:
        add(Weight::Failure, tr("The engine cannot be reached. %1").arg(state.message));
        break;
    case InstanceState::Kind::Stopping:
        add(Weight::Warning, tr("The engine is stopping."));
        break;
    }
}

} // namespace stormglass::ui
