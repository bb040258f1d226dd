#include "ui/pages/sensors_page.h"

#include "ui/models/times.h"
#include "ui/pages/looks.h"
#include "ui/pages/sensor_detail.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/states.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QMenu>

namespace stormglass::ui {

namespace {

class SensorCells final : public CellDelegate
{
public:
    SensorCells(const SensorsModel &sensors, QObject *parent)
        : CellDelegate(parent)
        , m_sensors(sensors)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        const Value &value = m_sensors.valueAt(index.row());
        const QString state = SensorsModel::stateOf(value);
        const StateLook look = lookOfSensor(state);
        switch (index.column()) {
        case SensorsModel::Ref:
            return {.text = text,
                    .tone = state == QLatin1String("disabled") ? Tone::Muted : Tone::Text,
                    .face = Face::Strong,
                    .glyph = look.glyph,
                    .glyphTone = look.tone,
                    .elide = Qt::ElideMiddle};
        case SensorsModel::State:
            return {.text = text, .tone = look.tone == Tone::Good ? Tone::Muted : look.tone};
        case SensorsModel::Events:
            return rate(value);
        case SensorsModel::Restarts:
            return {.text = text,
                    .tone = SensorsModel::isInTrouble(value) ? look.tone : Tone::Muted,
                    .alignment = Qt::AlignRight};
        case SensorsModel::Cpu:
        case SensorsModel::Memory:
        case SensorsModel::Process:
            return {.text = text, .tone = Tone::Muted, .alignment = Qt::AlignRight};
        default:
            return {.text = text, .tone = Tone::Muted};
        }
    }

private:
    // A flat line at nought would say no more than none does.
    static Cell rate(const Value &sensor)
    {
        const QList<double> values = SensorsModel::eventsPerMinute(sensor);
        const bool isQuiet
            = std::all_of(values.begin(), values.end(), [](double value) { return value <= 0; });
        return isQuiet ? Cell{} : Cell{.tone = Tone::Accent, .line = values};
    }

    const SensorsModel &m_sensors;
};

} // namespace

SensorsPage::SensorsPage(Session &session, QWidget *parent)
    : ListPage(session, QStringLiteral("sensors"), parent)
    , m_sensors(session.sensors)
    , m_table(new Table(tr("Sensors")))
    , m_detail(new SensorDetail(session))
{
    m_table->setItemDelegate(new SensorCells(m_sensors, m_table));
    m_table->setModel(&m_sensors);
    m_table->setColumns({{200, true},
                         {88, false, 300},
                         {120, false, 480},
                         {96, false, 560},
                         {60, false, 800},
                         {72, false, 700},
                         {68, false, 760},
                         {76, false, 620}});
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(SensorsModel::Ref, Qt::AscendingOrder);
    build(m_table, m_detail, 13, 9);
    bar().addWidget(&count());
    bar().addStretch(1);
    invite(QStringLiteral("sensors"), tr("Choose a sensor"),
           tr("Its process, what it raises, why it was started again, and what it says, are shown "
              "here."));
    noteKey(QStringLiteral("\u2191 \u2193"), tr("Go through the sensors"));
    connect(m_table, &Table::currentRowChanged, this, &SensorsPage::showCurrent);
    connect(m_table, &Table::menuWanted, this, &SensorsPage::showMenu);
    connect(m_detail, &SensorDetail::placeWanted, this, &Page::placeWanted);
    connect(&m_sensors, &CatalogueModel::loadingChanged, this, &SensorsPage::refresh);
    connect(&m_sensors, &CatalogueModel::countsChanged, this, &SensorsPage::refresh);
    connect(&m_sensors, &QAbstractItemModel::modelReset, this, [this] { select(m_current); });
    connect(&m_sensors, &CatalogueModel::valueChanged, this, [this](const QString &ref) {
        if (ref == m_current && m_sensors.find(ref))
            m_detail->show(*m_sensors.find(ref));
        refresh();
    });
    refresh();
}

void SensorsPage::refresh()
{
    showState(m_sensors.loading(), m_sensors.error(), m_sensors.rowCount() == 0,
              tr("Sensors could not be read"));
    QString text;
    if (m_sensors.loading() == Loading::Ready || m_sensors.total() > 0) {
        text = countedText(static_cast<std::int64_t>(m_sensors.total()), tr("1 sensor"),
                           tr("%1 sensors"));
        if (wanting() > 0)
            text += tr(" · %1 in trouble").arg(wanting());
    }
    count().setText(text);
    emit wantingChanged();
}

int SensorsPage::wanting() const
{
    const std::vector<Value> &all = m_sensors.all();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [](const Value &sensor) {
        return SensorsModel::isInTrouble(sensor);
    }));
}

void SensorsPage::showCurrent()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    m_current = m_sensors.refAt(index.row());
    m_detail->show(m_sensors.valueAt(index.row()));
    showDetail(true);
    emit crumbsChanged();
}

void SensorsPage::select(const QString &ref)
{
    m_current = ref;
    const int row = m_sensors.rowOf(ref);
    if (row >= 0)
        m_table->setCurrentIndex(m_sensors.index(row, 0));
}

QStringList SensorsPage::crumbs() const
{
    return m_current.isEmpty() ? QStringList() : QStringList{m_current};
}

void SensorsPage::open(const Place &place)
{
    if (!place.filter.isEmpty())
        setFilterText(place.filter);
    if (!place.id.isEmpty())
        select(place.id);
}

bool SensorsPage::isSettled() const
{
    return m_sensors.loading() != Loading::Busy;
}

QString SensorsPage::filterHint() const
{
    return tr("Filter sensors: state == running");
}

QHash<QString, QStringList> SensorsPage::filterValues() const
{
    return {{QStringLiteral("state"),
             {QStringLiteral("starting"), QStringLiteral("running"), QStringLiteral("backing_off"),
              QStringLiteral("stopped"), QStringLiteral("failed"), QStringLiteral("disabled"),
              QStringLiteral("paused")}}};
}

void SensorsPage::applyFilter(const Filter &filter)
{
    m_sensors.setFilter(filter);
}

void SensorsPage::reload()
{
    m_sensors.load();
}

void SensorsPage::fillEmpty(EmptyState &empty)
{
    if (m_sensors.filter().isEmpty())
        empty.show(QStringLiteral("sensors"), tr("No sensor is installed"),
                   tr("Sensors are processes that watch files, services and systems, and raise an "
                      "event when something "
                      "happens there. They come with packs."));
    else
        empty.show(QStringLiteral("filter"), tr("No sensor matches"),
                   tr("No sensor fits the filter."));
}

void SensorsPage::showMenu(const QModelIndex &index, const QPoint &place)
{
    const Value &value = m_sensors.valueAt(index.row());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (index.column() == SensorsModel::State)
        addValueActions(*menu, QStringLiteral("state"), Value(SensorsModel::stateOf(value)), value);
    else
        addValueActions(*menu, QStringLiteral("ref"), value["ref"], value);
    menu->popup(place);
}

} // namespace stormglass::ui
