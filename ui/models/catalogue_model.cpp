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
    m_connection.list(m_setup.path, m_setup.query,
                      Reply<Listing>(this, [this](Result<Listing> page) {
                          if (!page) {
                              m_error = page.error();
                              m_loading = Loading::Failed;
                              emit loadingChanged();
                              return;
                          }
                          m_all = page->items;
                          sortAll();
                          m_loading = Loading::Ready;
                          arrange();
                          emit loadingChanged();
                      }));
}

// A pack that is registered brings thousands of changes: the rows are arranged once for all of
// them.
void CatalogueModel::apply(const std::vector<Change> &changes)
{
    if (m_loading != Loading::Ready)
        return;
    Batch batch;
    for (const Change &change : changes) {
        const bool isOurs = std::any_of(
            m_setup.changes.begin(), m_setup.changes.end(),
            [&change](const QString &start) { return change.event.startsWith(start); });
        if (!isOurs)
            continue;
        if (change.event.endsWith(QLatin1String("__delete")))
            erase(refOf(change.payload), batch);
        else
            put(change.payload, batch);
    }
    settle(batch);
}

void CatalogueModel::take(const Value &value)
{
    Batch batch;
    put(value, batch);
    settle(batch);
}

void CatalogueModel::drop(const QString &ref)
{
    Batch batch;
    erase(ref, batch);
    settle(batch);
}

std::vector<Value>::iterator CatalogueModel::placeOf(const QString &ref)
{
    const auto at = std::lower_bound(m_all.begin(), m_all.end(), ref, before);
    return at != m_all.end() && refOf(*at) == ref ? at : m_all.end();
}

void CatalogueModel::put(const Value &value, Batch &batch)
{
    const QString ref = refOf(value);
    if (ref.isEmpty())
        return;
    batch.gone.remove(ref);
    batch.changed.insert(ref);
    const auto at = placeOf(ref);
    if (at == m_all.end()) {
        batch.fresh.insert(ref, value);
        return;
    }
    const bool wasShown = rowOf(ref) >= 0;
    *at = merged(*at, value);
    if (wasShown != isShown(*at))
        batch.moves = true;
    else if (wasShown)
        emit dataChanged(index(rowOf(ref), 0), index(rowOf(ref), columnCount() - 1));
}

void CatalogueModel::erase(const QString &ref, Batch &batch)
{
    batch.fresh.remove(ref);
    batch.changed.remove(ref);
    if (placeOf(ref) != m_all.end())
        batch.gone.insert(ref);
}

void CatalogueModel::settle(const Batch &batch)
{
    if (batch.moves || !batch.fresh.isEmpty() || !batch.gone.isEmpty()) {
        beginResetModel();
        if (!batch.gone.isEmpty())
            std::erase_if(m_all,
                          [&](const Value &value) { return batch.gone.contains(refOf(value)); });
        m_all.insert(m_all.end(), batch.fresh.begin(), batch.fresh.end());
        if (!batch.fresh.isEmpty())
            sortAll();
        choose();
        endResetModel();
        emit countsChanged();
    }
    for (const QString &ref : batch.changed)
        emit valueChanged(ref);
}

void CatalogueModel::complete(const QString &ref)
{
    m_connection.get(m_setup.path + QLatin1Char('/') + ref, {},
                     Reply<Value>(this, [this](const Result<Value> &whole) {
                         if (whole)
                             take(*whole);
                     }));
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
    choose();
    endResetModel();
    emit countsChanged();
}

void CatalogueModel::sortAll()
{
    std::vector<std::pair<QString, Value>> keyed;
    keyed.reserve(m_all.size());
    for (Value &value : m_all)
        keyed.emplace_back(refOf(value), std::move(value));
    std::sort(keyed.begin(), keyed.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    std::transform(keyed.begin(), keyed.end(), m_all.begin(),
                   [](auto &pair) { return std::move(pair.second); });
}

// Which are shown, in which order, and where each of them is.
void CatalogueModel::choose()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (isShown(m_all[i]))
            m_shown.push_back(i);
    }
    order();
    m_rows.assign(m_all.size(), -1);
    for (std::size_t row = 0; row < m_shown.size(); ++row)
        m_rows[m_shown[row]] = static_cast<int>(row);
}

// What rows are ordered by is made once a row, not at every comparison.
void CatalogueModel::order()
{
    std::vector<std::pair<QVariant, std::size_t>> keyed;
    keyed.reserve(m_shown.size());
    for (const std::size_t place : m_shown)
        keyed.emplace_back(sortKey(m_all[place], m_sortColumn), place);
    const auto wanted
        = m_sortOrder == Qt::AscendingOrder ? QPartialOrdering::Less : QPartialOrdering::Greater;
    std::stable_sort(keyed.begin(), keyed.end(), [wanted](const auto &a, const auto &b) {
        return QVariant::compare(a.first, b.first) == wanted;
    });
    std::transform(keyed.begin(), keyed.end(), m_shown.begin(),
                   [](const auto &pair) { return pair.second; });
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
    const auto at = std::lower_bound(m_all.begin(), m_all.end(), ref, before);
    return at != m_all.end() && refOf(*at) == ref
        ? m_rows[static_cast<std::size_t>(at - m_all.begin())]
        : -1;
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
