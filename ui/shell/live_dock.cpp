#include "ui/shell/live_dock.h"

#include "ui/models/times.h"
#include "ui/pages/looks.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>

namespace stormglass::ui {

namespace {

constexpr std::size_t kept = 1'000;

class DockEventCells final : public CellDelegate
{
public:
    DockEventCells(const TriggerInstancesModel &events, QObject *parent)
        : CellDelegate(parent)
        , m_events(events)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        if (index.column() == TriggerInstancesModel::Time)
            return {.text = text, .tone = Tone::Muted, .face = Face::Code};
        if (index.column() == TriggerInstancesModel::Trigger)
            return {.text = text, .elide = Qt::ElideMiddle};
        if (index.column() == TriggerInstancesModel::Summary)
            return {.text = text, .tone = Tone::Muted};
        const bool hasFired = m_events.valueAt(index)["matched"].toIntOr(0) > 0;
        return {.text = text, .tone = hasFired ? Tone::Good : Tone::Faint};
    }

private:
    const TriggerInstancesModel &m_events;
};

class DockExecutionCells final : public CellDelegate
{
public:
    DockExecutionCells(const ExecutionsModel &executions, QObject *parent)
        : CellDelegate(parent)
        , m_executions(executions)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        const StateLook look
            = lookOfExecution(m_executions.valueAt(index)["status"].toQStringOr({}));
        if (index.column() == ExecutionsModel::Action)
            return {.text = text,
                    .glyph = look.glyph,
                    .glyphTone = look.tone,
                    .elide = Qt::ElideMiddle};
        if (index.column() == ExecutionsModel::Started)
            return {.text = text, .tone = Tone::Muted, .face = Face::Code};
        return {.text = text, .tone = Tone::Muted};
    }

private:
    const ExecutionsModel &m_executions;
};

LogChannel channelOf(Activity::Weight weight)
{
    return weight == Activity::Weight::Failure ? LogChannel::Error
        : weight == Activity::Weight::Note     ? LogChannel::Note
                                               : LogChannel::Output;
}

} // namespace

LiveDock::LiveDock(Session &session, QWidget *parent)
    : QDockWidget(tr("Live"), parent)
    , m_session(session)
    , m_events(session.connection, session.feed, session.triggerNames)
    , m_executions(session.connection, session.feed)
    , m_choice(new Segmented(tr("What is shown live")))
    , m_filter(new FilterField(tr("Filter of the live dock")))
    , m_stack(new QStackedWidget)
    , m_eventTable(new Table(tr("Live events")))
    , m_executionTable(new Table(tr("Live executions")))
    , m_log(new LogView(tr("Log of the console")))
{
    setObjectName(QStringLiteral("liveDock"));
    setAllowedAreas(Qt::BottomDockWidgetArea);
    m_events.setLimit(kept);
    m_executions.setLimit(kept);
    setTitleBarWidget(titleBar());
    buildLists();
    m_stack->setMinimumHeight(84);
    setWidget(m_stack);
    connect(m_choice, &Segmented::chosen, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_choice, &Segmented::chosen, this,
            [this](int index) { m_filter->setVisible(index != 2); });
    connect(m_filter, &FilterField::edited, this, &LiveDock::applyFilter);
    connect(&session.activity, &Activity::added, this, &LiveDock::addEntry);
    m_log->setPlaceholder(tr("Failures, restarts and changes are noted here."));
    for (const Activity::Entry &entry : session.activity.entries())
        addEntry(entry);
}

QWidget *LiveDock::titleBar()
{
    auto *bar = new Ground(Ground::Kind::Surface, Ground::Top | Ground::Bottom);
    bar->setFixedHeight(metrics::bar);
    m_choice->add(tr("Events"), QStringLiteral("events"));
    m_choice->add(tr("Executions"), QStringLiteral("executions"));
    m_choice->add(tr("Log"), QStringLiteral("log"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setMaximumWidth(280);
    auto *pauseButton = new IconButton(QStringLiteral("pause"), tr("Pause the live dock"));
    pauseButton->setCheckable(true);
    auto *floating = new IconButton(QStringLiteral("float"), tr("A window of its own"));
    auto *close = new IconButton(QStringLiteral("close"), tr("Close the live dock (Ctrl+J)"));
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(16, 6, 8, 6);
    layout->setSpacing(6);
    layout->addWidget(m_choice);
    layout->addStretch(1);
    layout->addWidget(m_filter, 2);
    layout->addWidget(pauseButton);
    layout->addWidget(floating);
    layout->addWidget(close);
    connect(pauseButton, &QAbstractButton::toggled, this, &LiveDock::pause);
    connect(floating, &QAbstractButton::clicked, this, [this] { setFloating(!isFloating()); });
    connect(close, &QAbstractButton::clicked, this, &QWidget::hide);
    return bar;
}

void LiveDock::buildLists()
{
    m_eventTable->setItemDelegate(new DockEventCells(m_events, m_eventTable));
    m_eventTable->setModel(&m_events);
    m_eventTable->setColumns({{108}, {220}, {280, true}, {130}});
    m_executionTable->setItemDelegate(new DockExecutionCells(m_executions, m_executionTable));
    m_executionTable->setModel(&m_executions);
    m_executionTable->setColumns({{240}, {100}, {108}, {96}, {200}, {200, true}});
    for (Table *table : {m_eventTable, m_executionTable}) {
        table->horizontalHeader()->hide();
        m_stack->addWidget(table);
    }
    m_stack->addWidget(m_log);
    connect(m_eventTable, &Table::opened, this, [this](const QModelIndex &index) {
        emit placeWanted({QStringLiteral("events"), m_events.idAt(index)});
    });
    connect(m_executionTable, &Table::opened, this, [this](const QModelIndex &index) {
        emit placeWanted({QStringLiteral("executions"), m_executions.idAt(index)});
    });
}

void LiveDock::showEvent(QShowEvent *event)
{
    QDockWidget::showEvent(event);
    m_events.setActive(true);
    m_executions.setActive(true);
}

void LiveDock::hideEvent(QHideEvent *event)
{
    QDockWidget::hideEvent(event);
    m_events.setActive(false);
    m_executions.setActive(false);
}

void LiveDock::setZone(const QTimeZone &zone)
{
    m_events.setZone(zone);
    m_executions.setZone(zone);
}

bool LiveDock::isSettled() const
{
    return m_events.loading() != Loading::Busy && m_executions.loading() != Loading::Busy;
}

int LiveDock::current() const
{
    return m_stack->currentIndex();
}

void LiveDock::setCurrent(int index)
{
    m_choice->setCurrent(index);
    m_stack->setCurrentIndex(index);
    m_filter->setVisible(index != 2);
}

void LiveDock::applyFilter(const QString &text)
{
    const ParsedFilter parsed = parseFilter(text);
    m_filter->setTint(static_cast<FilterField::Tint>(parsed.state), parsed.message, parsed.column);
    const bool isUsable
        = parsed.state == ParsedFilter::State::Right || parsed.state == ParsedFilter::State::Empty;
    if (!isUsable)
        return;
    if (current() == 0)
        m_events.setFilter(parsed.filter);
    else
        m_executions.setFilter(parsed.filter);
}

void LiveDock::pause(bool paused)
{
    m_isPaused = paused;
    m_events.setPaused(paused);
    m_executions.setPaused(paused);
}

void LiveDock::addEntry(const Activity::Entry &entry)
{
    m_log->appendLine(channelOf(entry.weight), entry.text,
                      clockText(entry.time, m_session.connection.clock().now(), m_session.zone()));
}

} // namespace stormglass::ui
