#include "ui/pages/executions_page.h"

#include "ui/models/execution_words.h"
#include "ui/models/times.h"
#include "ui/pages/execution_detail.h"
#include "ui/pages/looks.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/states.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QMenu>

namespace stormglass::ui {

namespace {

class ExecutionCells final : public CellDelegate
{
public:
    ExecutionCells(const ExecutionsModel &executions, const Clock &clock, QObject *parent)
        : CellDelegate(parent)
        , m_executions(executions)
        , m_clock(clock)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        const Value &value = m_executions.valueAt(index);
        const StateLook look = lookOfExecution(value["status"].toQStringOr({}));
        switch (index.column()) {
        case ExecutionsModel::Action:
            return {.text = text,
                    .face = Face::Strong,
                    .glyph = look.glyph,
                    .glyphTone = look.tone,
                    .elide = Qt::ElideMiddle};
        case ExecutionsModel::Status:
            return {.text = text, .tone = look.tone == Tone::Good ? Tone::Muted : look.tone};
        case ExecutionsModel::Started:
            return {.text = text, .tone = Tone::Muted, .face = Face::Code};
        case ExecutionsModel::Duration:
            return duration(text, value);
        case ExecutionsModel::Cause:
            return {.text = text, .tone = Tone::Muted, .elide = Qt::ElideMiddle};
        default:
            return {.text = text, .tone = Tone::Muted};
        }
    }

private:
    // Against what it usually takes: the bar fills towards it, and turns when it is late.
    Cell duration(const QString &text, const Value &value) const
    {
        Cell cell{.text = text, .tone = Tone::Muted};
        if (statusOf(value) != ExecutionStatus::Running)
            return cell;
        const auto usual = m_executions.usualDuration(value["action"]["ref"].toQStringOr({}));
        const auto elapsed = elapsedOf(value, m_clock.now());
        if (!usual || !elapsed)
            return cell;
        const double part = static_cast<double>(elapsed->count())
            / std::max(1.0, static_cast<double>(usual->count()));
        cell.bar = part;
        cell.barTone = part > 1.25 ? Tone::Warn : Tone::Accent;
        return cell;
    }

    const ExecutionsModel &m_executions;
    const Clock &m_clock;
};

const char *const quickFilters[]
    = {"", "status == running", "status in (failed, timeout, abandoned)",
       "status in (requested, scheduled, delayed, pending, paused)"};

} // namespace

ExecutionsPage::ExecutionsPage(Session &session, QWidget *parent)
    : ListPage(session, QStringLiteral("executions"), parent)
    , m_executions(session.executions)
    , m_quick(new Segmented(tr("Which executions")))
    , m_tree(new Tree(tr("Executions")))
    , m_detail(new ExecutionDetail(session))
{
    m_quick->add(tr("All"));
    m_quick->add(tr("Running"), QStringLiteral("running"), Tone::Accent);
    m_quick->add(tr("Failed"), QStringLiteral("failed"), Tone::Bad);
    m_quick->add(tr("Waiting"), QStringLiteral("waiting"), Tone::Warn);
    m_tree->setItemDelegate(new ExecutionCells(m_executions, session.connection.clock(), m_tree));
    m_tree->setModel(&m_executions);
    m_tree->setColumns({{196, true},
                        {92, false, 440},
                        {112, false, 560},
                        {96, false, 300},
                        {176, false, 600},
                        {150, true, 800}});
    build(m_tree, m_detail, 7, 5);
    bar().addWidget(m_quick);
    addCount(m_executions);
    invite(QStringLiteral("executions"), tr("Choose an execution"),
           tr("Why it ran, with what, what it printed and what came of it, are shown here."));
    noteKey(QStringLiteral("\u2191 \u2193"), tr("Go through the executions"));
    noteKey(QStringLiteral("\u2192 \u2190"), tr("Open and close the tasks of a workflow"));
    addKey(Qt::Key_O, tr("Show the output"), [this] { m_detail->setTab(ExecutionDetail::Output); });
    addKey(QKeySequence(QStringLiteral("Ctrl+R")), tr("Re-run with the same parameters"),
           [this] { m_detail->reRun(); });
    addKey(Qt::Key_Delete, tr("Cancel"), [this] { m_detail->cancel(); });
    listen();
}

void ExecutionsPage::listen()
{
    connect(m_quick, &Segmented::chosen, this, &ExecutionsPage::quickFilter);
    connect(m_tree, &Tree::currentRowChanged, this, &ExecutionsPage::showCurrent);
    connect(m_tree, &Tree::menuWanted, this, &ExecutionsPage::showMenu);
    connect(m_tree, &Tree::endNeared, &m_executions, &LiveModel::loadOlder);
    connect(m_detail, &ExecutionDetail::placeWanted, this, &Page::placeWanted);
    connect(m_detail, &ExecutionDetail::filterWanted, this, &ExecutionsPage::narrow);
    connect(&m_executions, &LiveModel::loadingChanged, this, &ExecutionsPage::refresh);
    connect(&m_executions, &LiveModel::countsChanged, this, &ExecutionsPage::refresh);
    connect(&m_executions, &QAbstractItemModel::modelReset, this, [this] {
        const QModelIndex index = m_executions.indexOf(m_current);
        if (index.isValid())
            m_tree->setCurrentIndex(index);
    });
    connect(&m_executions, &LiveModel::valueChanged, this, [this](const QString &id) {
        if (id == m_current)
            m_detail->show(m_executions.valueAt(m_executions.indexOf(id)));
    });
    connect(&session().feed, &Feed::arrived, this, &ExecutionsPage::countFailures);
    connect(&session().feed, &Feed::arrived, this, &ExecutionsPage::followCurrent);
    refresh();
}

void ExecutionsPage::refresh()
{
    showState(m_executions, tr("Executions could not be read"));
    count().setText(countsOf(
        m_executions, countedText(m_executions.total(), tr("1 execution"), tr("%1 executions"))));
    for (int i = 0; i < 4; ++i) {
        if (filterText() == QLatin1String(quickFilters[i]))
            m_quick->setCurrent(i);
    }
    const QModelIndex awaited
        = m_awaited.isEmpty() ? QModelIndex() : m_executions.indexOf(m_awaited);
    if (!awaited.isValid())
        return;
    m_awaited.clear();
    m_tree->setCurrentIndex(awaited);
}

void ExecutionsPage::quickFilter(int index)
{
    setFilterText(QString::fromLatin1(quickFilters[qBound(0, index, 3)]));
}

void ExecutionsPage::showCurrent()
{
    const QModelIndex index = m_tree->currentIndex();
    if (!index.isValid())
        return;
    m_current = m_executions.idAt(index);
    m_detail->show(m_executions.valueAt(index));
    showDetail(true);
    emit crumbsChanged();
}

QStringList ExecutionsPage::crumbs() const
{
    return m_current.isEmpty() ? QStringList() : QStringList{m_detail->action()};
}

void ExecutionsPage::open(const Place &place)
{
    if (!place.filter.isEmpty())
        setFilterText(place.filter);
    if (place.id.isEmpty())
        return;
    const QModelIndex index = m_executions.indexOf(place.id);
    if (index.isValid()) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
        m_tree->setFocus();
        return;
    }
    m_awaited = place.id;
    openMissing(place.id);
}

// One that is not among the rows here: read by itself.
void ExecutionsPage::openMissing(const QString &id)
{
    session().connection.get(
        QStringLiteral("/executions/%1").arg(id), {},
        Reply<Value>(this, [this, id](Result<Value> execution) {
            if (!execution) {
                notice().show(
                    Tone::Warn, QStringLiteral("error"),
                    tr("The execution cannot be shown. %1").arg(execution.error().message));
                return;
            }
            m_current = id;
            m_detail->show(*execution);
            showDetail(true);
            emit crumbsChanged();
        }));
}

// One that the list does not hold is followed all the same.
void ExecutionsPage::followCurrent(const std::vector<Change> &changes)
{
    if (m_current.isEmpty() || m_executions.indexOf(m_current).isValid())
        return;
    for (const Change &change : changes) {
        if (change.event == QLatin1String("st2.execution__update")
            && change.payload["id"].toQStringOr({}) == m_current)
            m_detail->show(change.payload);
    }
}

void ExecutionsPage::countFailures(const std::vector<Change> &changes)
{
    if (isVisible())
        return;
    int failed = 0;
    for (const Change &change : changes) {
        const std::optional<ExecutionStatus> status = statusOf(change.payload);
        failed += change.event == QLatin1String("st2.execution__update") && status
                && isFailure(*status)
            ? 1
            : 0;
    }
    if (failed == 0)
        return;
    m_failed += failed;
    emit wantingChanged();
}

void ExecutionsPage::showEvent(QShowEvent *event)
{
    ListPage::showEvent(event);
    m_failed = 0;
    emit wantingChanged();
}

bool ExecutionsPage::isSettled() const
{
    return m_executions.loading() != Loading::Busy && m_detail->isSettled();
}

QString ExecutionsPage::filterHint() const
{
    return tr("Filter executions: status == failed and start > now-2h");
}

QStringList ExecutionsPage::filterFields() const
{
    return ExecutionsModel::filterFields();
}

QHash<QString, QStringList> ExecutionsPage::filterValues() const
{
    QHash<QString, QStringList> values;
    values.insert(QStringLiteral("status"),
                  {QStringLiteral("requested"), QStringLiteral("scheduled"),
                   QStringLiteral("delayed"), QStringLiteral("running"),
                   QStringLiteral("succeeded"), QStringLiteral("failed"), QStringLiteral("timeout"),
                   QStringLiteral("canceled"), QStringLiteral("abandoned"),
                   QStringLiteral("pending"), QStringLiteral("paused")});
    for (const Value &action : session().actions.all())
        values[QStringLiteral("action")].append(action["ref"].toQStringOr({}));
    for (const Value &rule : session().rules.all())
        values[QStringLiteral("rule")].append(rule["ref"].toQStringOr({}));
    return values;
}

void ExecutionsPage::applyFilter(const Filter &filter)
{
    m_executions.setFilter(filter);
}

void ExecutionsPage::reload()
{
    m_executions.load();
}

void ExecutionsPage::fillEmpty(EmptyState &empty)
{
    if (!m_executions.filter().isEmpty()) {
        showNoMatch(empty, m_executions, tr("No execution matches"));
        return;
    }
    empty.show(QStringLiteral("executions"), tr("Nothing has run yet"),
               tr("When a rule fires or a person runs an action, its execution appears here "
                  "and can be followed to its end."));
    empty.setStep({});
}

void ExecutionsPage::showMenu(const QModelIndex &index, const QPoint &place)
{
    const Value &value = m_executions.valueAt(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    switch (index.column()) {
    case ExecutionsModel::Action:
        addValueActions(*menu, QStringLiteral("action"), value["action"]["ref"], value);
        break;
    case ExecutionsModel::Status:
        addValueActions(*menu, QStringLiteral("status"), value["status"], value);
        break;
    case ExecutionsModel::Cause:
        addValueActions(*menu, QStringLiteral("rule"), value["rule"]["ref"], value);
        break;
    default:
        addValueActions(*menu, QStringLiteral("id"), value["id"], value);
    }
    menu->popup(place);
}

} // namespace stormglass::ui
