#include "ui/pages/events_page.h"

#include "ui/models/times.h"
#include "ui/pages/event_detail.h"
#include "ui/pages/looks.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/states.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QScrollBar>

namespace stormglass::ui {

using namespace std::chrono_literals;

namespace {

class EventCells final : public CellDelegate
{
public:
    EventCells(const TriggerInstancesModel &events, QObject *parent)
        : CellDelegate(parent)
        , m_events(events)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        switch (index.column()) {
        case TriggerInstancesModel::Time:
            return {.text = text, .tone = Tone::Muted, .face = Face::Code};
        case TriggerInstancesModel::Trigger:
            return {.text = text, .face = Face::Strong, .elide = Qt::ElideMiddle};
        case TriggerInstancesModel::Summary:
            return {.text = text, .tone = Tone::Muted};
        default:
            return {.marks = marks(index)};
        }
    }

private:
    QList<Mark> marks(const QModelIndex &index) const
    {
        QList<Mark> marks;
        for (const VerdictKind kind : m_events.kinds(m_events.valueAt(index)))
            marks.append(markOf(kind));
        return marks;
    }

    const TriggerInstancesModel &m_events;
};

} // namespace

EventsPage::EventsPage(Session &session, QWidget *parent)
    : ListPage(session, QStringLiteral("events"), parent)
    , m_events(session.events)
    , m_pace(new Segmented(tr("Pace")))
    , m_table(new Table(tr("Events")))
    , m_detail(new EventDetail(session))
{
    m_pace->add(tr("Live"), QStringLiteral("play"));
    m_pace->add(tr("Paused"), QStringLiteral("pause"), Tone::Warn);
    m_table->setItemDelegate(new EventCells(m_events, m_table));
    m_table->setModel(&m_events);
    m_table->setColumns({{104}, {204}, {280, true, 480}, {104, false, 420}});
    build(m_table, m_detail, 7, 5);
    bar().addWidget(m_pace);
    addCount(m_events);
    invite(QStringLiteral("events"), tr("Choose an event"),
           tr("Its payload, what every rule said of it, and what followed, are shown here."));
    addKey(Qt::Key_P, tr("Pause or go on"), [this] { m_events.setPaused(!m_events.isPaused()); });
    noteKey(QStringLiteral("\u2191 \u2193"), tr("Go through the events"));
    noteKey(QStringLiteral("Home"), tr("To the newest"));
    m_visible.setSingleShot(true);
    m_visible.setInterval(120ms);
    connect(&m_visible, &QTimer::timeout, this, &EventsPage::wantVisibleVerdicts);
    connect(m_pace, &Segmented::chosen, this,
            [this](int index) { m_events.setPaused(index == 1); });
    connect(m_table, &Table::currentRowChanged, this, &EventsPage::showCurrent);
    connect(m_table, &Table::menuWanted, this, &EventsPage::showMenu);
    connect(m_table, &Table::endNeared, &m_events, &LiveModel::loadOlder);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_visible,
            qOverload<>(&QTimer::start));
    connect(m_detail, &EventDetail::placeWanted, this, &Page::placeWanted);
    connect(m_detail, &EventDetail::filterWanted, this, &EventsPage::narrow);
    connect(&m_events, &LiveModel::loadingChanged, this, &EventsPage::refresh);
    connect(&m_events, &LiveModel::countsChanged, this, &EventsPage::refresh);
    connect(&m_events, &QAbstractItemModel::modelReset, this, [this] {
        const QModelIndex index = m_events.indexOf(m_current);
        if (index.isValid())
            m_table->setCurrentIndex(index);
    });
    connect(&m_events, &LiveModel::valueChanged, this, [this](const QString &id) {
        if (id == m_current)
            m_detail->show(m_events.valueAt(m_events.indexOf(id)));
    });
    refresh();
}

void EventsPage::refresh()
{
    showState(m_events, tr("Events could not be read"));
    QString text
        = countsOf(m_events, countedText(m_events.total(), tr("1 event"), tr("%1 events")));
    if (m_events.held() > 0)
        text += tr(" · %1 held back").arg(countText(static_cast<std::int64_t>(m_events.held())));
    count().setText(text);
    m_pace->setCurrent(m_events.isPaused() ? 1 : 0);
    if (!m_visible.isActive())
        m_visible.start();
}

void EventsPage::showCurrent()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    m_current = m_events.idAt(index);
    m_detail->show(m_events.valueAt(index));
    showDetail(true);
    emit crumbsChanged();
}

void EventsPage::wantVisibleVerdicts()
{
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    const int end = last < 0 ? m_events.rowCount() - 1 : last;
    // From below, so that the topmost row is asked for first.
    for (int row = end; row >= qMax(0, first); --row)
        m_events.wantMarks(m_events.idAt(m_events.index(row, 0)));
}

QStringList EventsPage::crumbs() const
{
    return m_current.isEmpty() ? QStringList() : QStringList{m_detail->trigger()};
}

void EventsPage::open(const Place &place)
{
    if (!place.filter.isEmpty())
        setFilterText(place.filter);
    if (place.id.isEmpty())
        return;
    const QModelIndex index = m_events.indexOf(place.id);
    if (index.isValid()) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
        m_table->setFocus();
    } else {
        openMissing(place.id);
    }
}

// One that is not among the rows here: read by itself.
void EventsPage::openMissing(const QString &id)
{
    session().connection.get(
        QStringLiteral("/triggerinstances/%1").arg(id), {},
        Reply<Value>(this, [this, id](Result<Value> event) {
            if (!event) {
                notice().show(Tone::Warn, QStringLiteral("error"),
                              tr("The event cannot be shown. %1").arg(event.error().message));
                return;
            }
            m_current = id;
            m_table->clearSelection();
            m_detail->show(*event);
            showDetail(true);
            emit crumbsChanged();
        }));
}

bool EventsPage::isSettled() const
{
    return m_events.loading() != Loading::Busy && m_detail->isSettled() && !m_visible.isActive()
        && !m_events.isAskingVerdicts();
}

QString EventsPage::filterHint() const
{
    return tr("Filter events: payload.host == \"db-1\"");
}

QStringList EventsPage::filterFields() const
{
    QStringList fields = TriggerInstancesModel::filterFields();
    for (const Value &value : m_events.newest(60)) {
        for (const ValueMap::Entry &entry : value["payload"].entriesOrNone()) {
            const QString field = entry.key.isText()
                ? QStringLiteral("payload.") + entry.key.toQString()
                : QString();
            if (!field.isEmpty() && !fields.contains(field) && fields.size() < 80)
                fields.append(field);
        }
    }
    return fields;
}

QHash<QString, QStringList> EventsPage::filterValues() const
{
    QHash<QString, QStringList> values;
    for (const Value &value : m_events.newest(200)) {
        QStringList &triggers = values[QStringLiteral("trigger")];
        const QString type = m_events.triggerType(value);
        if (!triggers.contains(type))
            triggers.append(type);
    }
    values.insert(QStringLiteral("status"),
                  {QStringLiteral("pending"), QStringLiteral("processing"),
                   QStringLiteral("processed"), QStringLiteral("processing_failed")});
    values.insert(QStringLiteral("verdict"),
                  {QStringLiteral("matched"), QStringLiteral("not_matched"),
                   QStringLiteral("error"), QStringLiteral("disabled"), QStringLiteral("observed"),
                   QStringLiteral("held")});
    for (const Value &rule : session().rules.all())
        values[QStringLiteral("rule")].append(rule["ref"].toQStringOr({}));
    return values;
}

void EventsPage::applyFilter(const Filter &filter)
{
    m_events.setFilter(filter);
}

void EventsPage::reload()
{
    m_events.load();
}

void EventsPage::fillEmpty(EmptyState &empty)
{
    if (!m_events.filter().isEmpty()) {
        showNoMatch(empty, m_events, tr("No event matches"));
        return;
    }
    empty.show(QStringLiteral("events"), tr("Nothing has happened yet"),
               tr("Every event of timers, webhooks and sensors is listed here the moment it "
                  "comes, with what each rule said of it."));
    empty.setStep({});
}

void EventsPage::showMenu(const QModelIndex &index, const QPoint &place)
{
    const Value &value = m_events.valueAt(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    switch (index.column()) {
    case TriggerInstancesModel::Time:
        addValueActions(*menu, QStringLiteral("id"), value["id"], value);
        break;
    case TriggerInstancesModel::Trigger:
        addValueActions(*menu, QStringLiteral("trigger"), Value(m_events.triggerType(value)),
                        value);
        break;
    default:
        addValueActions(*menu, {}, value["payload"], value);
    }
    menu->popup(place);
}

} // namespace stormglass::ui
