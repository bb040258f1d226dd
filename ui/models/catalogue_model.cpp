#include "ui/models/catalogue_model.h"

#include <algorithm>

namespace stormglass::ui {

namespace {

QString refOf(const Value &value)
{
    const QString ref = value["ref"].toQStringOr({});
    return ref.isEmpty() ? value["id"].toQStringOr({}) : ref;
}

bool before(const Value &value, const QString &ref)
{
    return refOf(value) < ref;
}

} // namespace

CatalogueModel::CatalogueModel(Connection &connection, Feed &feed, Setup setup, QObject *parent)
    : QAbstractTableModel(parent)
    , m_connection(connection)
    , m_setup(std::move(setup))
{
    connect(&feed, &Feed::arrived, this, &CatalogueModel::apply);
    connect(&feed, &Feed::resetNeeded, this, [this] {
        if (m_loading != Loading::Idle)
            load();
    });
}

void CatalogueModel::loadOnce()
{
    if (m_loading == Loading::Idle)
        load();
}

void CatalogueModel::load()
{
    m_loading = Loading::Busy;
    emit loadingChanged();
    m_connection.list(
        m_setup.path, m_setup.query, Reply<Listing>(this, [this](Result<Listing> page) {
            if (!page) {
                m_error = page.error();
                m_loading = Loading::Failed;
                emit loadingChanged();
                return;
            }
            m_all = page->items;
            std::sort(m_all.begin(), m_all.end(),
                      [](const Value &a, const Value &b) { return refOf(a) < refOf(b); });
            m_loading = Loading::Ready;
            arrange();
            emit loadingChanged();
        }));
}

void CatalogueModel::apply(const std::vector<Change> &changes)
{
    if (m_loading != Loading::Ready)
        return;
    for (const Change &change : changes) {
        const bool isOurs = std::any_of(
            m_setup.changes.begin(), m_setup.changes.end(),
            [&change](const QString &start) { return change.event.startsWith(start); });
        if (!isOurs)
            continue;
        if (change.event.endsWith(QLatin1String("__delete")))
            drop(refOf(change.payload));
        else
            take(change.payload);
    }
}

void CatalogueModel::take(const Value &value)
{
    const QString ref = refOf(value);
    if (ref.isEmpty())
        return;
    const auto at = std::lower_bound(m_all.begin(), m_all.end(), ref, before);
    if (at == m_all.end() || refOf(*at) != ref) {
        m_all.insert(at, value);
        arrange();
        return;
    }
    *at = merged(*at, value);
    const int row = rowOf(ref);
    if ((row >= 0) != isShown(*at))
        arrange();
    else if (row >= 0)
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    emit valueChanged(ref);
}

void CatalogueModel::drop(const QString &ref)
{
    std::erase_if(m_all, [&ref](const Value &value) { return refOf(value) == ref; });
    arrange();
}

void CatalogueModel::setFilter(const Filter &filter)
{
    m_filter = filter;
    arrange();
}

bool CatalogueModel::isShown(const Value &value) const
{
    return m_filter.isEmpty()
        || m_filter.matches(filtered(value), m_connection.clock().now(), m_setup.names);
}

void CatalogueModel::arrange()
{
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (isShown(m_all[i]))
            m_shown.push_back(i);
    }
    std::stable_sort(m_shown.begin(), m_shown.end(), [this](std::size_t a, std::size_t b) {
        const QVariant left = sortKey(m_all[a], m_sortColumn);
        const QVariant right = sortKey(m_all[b], m_sortColumn);
        const QPartialOrdering order = QVariant::compare(left, right);
        return m_sortOrder == Qt::AscendingOrder ? order == QPartialOrdering::Less
                                                 : order == QPartialOrdering::Greater;
    });
    endResetModel();
    emit countsChanged();
}

void CatalogueModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    m_sortColumn = qMax(0, column);
    m_sortOrder = order;
    arrange();
}

const Value &CatalogueModel::valueAt(int row) const
{
    static const Value nothing{};
    const auto place = static_cast<std::size_t>(row);
    return row >= 0 && place < m_shown.size() ? m_all[m_shown[place]] : nothing;
}

QString CatalogueModel::refAt(int row) const
{
    return refOf(valueAt(row));
}

int CatalogueModel::rowOf(const QString &ref) const
{
    const auto at = std::find_if(m_shown.begin(), m_shown.end(),
                                 [&](std::size_t place) { return refOf(m_all[place]) == ref; });
    return at == m_shown.end() ? -1 : static_cast<int>(at - m_shown.begin());
}

const Value *CatalogueModel::find(const QString &ref) const
{
    const auto at = std::lower_bound(m_all.begin(), m_all.end(), ref, before);
    return at != m_all.end() && refOf(*at) == ref ? &*at : nullptr;
}

int CatalogueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant CatalogueModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    return text(valueAt(index.row()), index.column());
}

} // namespace stormglass::ui
