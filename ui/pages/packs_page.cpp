#include "ui/pages/packs_page.h"

#include "ui/models/times.h"
#include "ui/pages/pack_detail.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/states.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QMenu>

namespace stormglass::ui {

namespace {

bool isAtFault(const PacksModel &packs, const QString &pack)
{
    const std::vector<Value> &problems = packs.problemsOf(pack);
    return std::any_of(problems.begin(), problems.end(), [](const Value &problem) {
        return problem["level"].toQStringOr({}) != QLatin1String("warning");
    });
}

int countFaults(const PacksModel &packs)
{
    const std::vector<Value> &all = packs.all();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&packs](const Value &pack) {
        return isAtFault(packs, pack["ref"].toQStringOr({}));
    }));
}

class PackCells final : public CellDelegate
{
public:
    PackCells(const PacksModel &packs, QObject *parent)
        : CellDelegate(parent)
        , m_packs(packs)
    {
    }

protected:
    Cell cell(const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        if (index.column() == PacksModel::Ref)
            return {.text = text,
                    .face = Face::Strong,
                    .glyph
                    = isAtFault(m_packs, text) ? QStringLiteral("error") : QStringLiteral("packs"),
                    .glyphTone = isAtFault(m_packs, text) ? Tone::Bad : Tone::Faint};
        return {.text = text, .tone = Tone::Muted};
    }

private:
    const PacksModel &m_packs;
};

} // namespace

PacksPage::PacksPage(Session &session, QWidget *parent)
    : ListPage(session, QStringLiteral("packs"), parent)
    , m_packs(session.packs)
    , m_table(new Table(tr("Packs")))
    , m_detail(new PackDetail(session))
{
    m_table->setItemDelegate(new PackCells(m_packs, m_table));
    m_table->setModel(&m_packs);
    m_table->setColumns({{180}, {84}, {260, true, 420}, {160, false, 620}});
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(PacksModel::Ref, Qt::AscendingOrder);
    build(m_table, m_detail, 7, 5);
    bar().addWidget(&count());
    bar().addStretch(1);
    invite(QStringLiteral("packs"), tr("Choose a pack"),
           tr("What it brings and needs is shown here."));
    noteKey(QStringLiteral("\u2191 \u2193"), tr("Go through the packs"));
    connect(m_table, &Table::currentRowChanged, this, &PacksPage::showCurrent);
    connect(m_table, &Table::menuWanted, this, &PacksPage::showMenu);
    connect(m_detail, &PackDetail::placeWanted, this, &Page::placeWanted);
    connect(&m_packs, &CatalogueModel::loadingChanged, this, &PacksPage::refresh);
    connect(&m_packs, &CatalogueModel::countsChanged, this, &PacksPage::refresh);
    connect(&m_packs, &PacksModel::problemsChanged, this, &PacksPage::refresh);
    connect(&m_packs, &QAbstractItemModel::modelReset, this, [this] { select(m_current); });
    refresh();
}

void PacksPage::refresh()
{
    showState(m_packs.loading(), m_packs.error(), m_packs.rowCount() == 0,
              tr("Packs could not be read"));
    const auto total = static_cast<std::int64_t>(m_packs.total());
    const int faults = countFaults(m_packs);
    const QString all = countedText(total, tr("1 pack"), tr("%1 packs"));
    count().setText(
        m_packs.loading() != Loading::Ready && total == 0 ? QString()
            : m_packs.filter().isEmpty()
            ? (faults > 0 ? tr("%1 \u00b7 %2 at fault").arg(all).arg(faults) : all)
            : tr("%1 of %2 packs match").arg(countText(m_packs.rowCount()), countText(total)));
}

void PacksPage::showCurrent()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    m_current = m_packs.refAt(index.row());
    m_detail->show(m_packs.valueAt(index.row()));
    showDetail(true);
    emit crumbsChanged();
}

void PacksPage::select(const QString &ref)
{
    m_current = ref;
    const int row = m_packs.rowOf(ref);
    if (row >= 0)
        m_table->setCurrentIndex(m_packs.index(row, 0));
}

QStringList PacksPage::crumbs() const
{
    return m_current.isEmpty() ? QStringList() : QStringList{m_current};
}

void PacksPage::open(const Place &place)
{
    if (!place.filter.isEmpty())
        setFilterText(place.filter);
    if (!place.id.isEmpty())
        select(place.id);
}

bool PacksPage::isSettled() const
{
    return m_packs.loading() != Loading::Busy;
}

void PacksPage::applyFilter(const Filter &filter)
{
    m_packs.setFilter(filter);
}

void PacksPage::reload()
{
    m_packs.load();
}

void PacksPage::fillEmpty(EmptyState &empty)
{
    if (m_packs.filter().isEmpty())
        empty.show(QStringLiteral("packs"), tr("No pack is installed"),
                   tr("Packs bring actions, sensors and rules. A folder in the engine's packs "
                      "directory is a pack."));
    else
        empty.show(QStringLiteral("search"), tr("No pack matches"), tr("No pack fits the filter."));
}

void PacksPage::showMenu(const QModelIndex &index, const QPoint &place)
{
    const Value &value = m_packs.valueAt(index.row());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addValueActions(*menu, QStringLiteral("ref"), value["ref"], value);
    menu->popup(place);
}

} // namespace stormglass::ui
