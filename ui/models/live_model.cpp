#include "ui/models/live_model.h"

#include <algorithm>

namespace stormglass::ui {

namespace {

constexpr std::size_t heldLimit = 20'000;

QString idOf(const Value &value)
{
    return value["id"].toQStringOr({});
}

} // namespace

void LiveModel::setActive(bool active)
{
    if (active == (m_loading != Loading::Idle))
        return;
    if (active) {
        load();
        return;
    }
    ++m_question;
    m_isAskingOlder = false;
    replace({});
    m_loading = Loading::Idle;
    m_held.clear();
    m_meanwhile.clear();
}

void LiveModel::setPaused(bool paused)
{
    if (m_isPaused == paused)
        return;
    m_isPaused = paused;
    if (!paused) {
        std::vector<Change> held;
        held.swap(m_held);
        m_heldLost = 0;
        apply(held);
    }
    emit countsChanged();
}

void LiveModel::takeChanges(const std::vector<Change> &changes)
{
    if (m_loading == Loading::Idle || m_loading == Loading::Failed)
        return;
    if (m_loading == Loading::Busy) {
        m_meanwhile.insert(m_meanwhile.end(), changes.begin(), changes.end());
        if (m_meanwhile.size() > heldLimit)
            m_meanwhile.erase(m_meanwhile.begin(),
                              m_meanwhile.end() - static_cast<std::ptrdiff_t>(heldLimit / 2));
        return;
    }
    if (!m_isPaused) {
        apply(changes);
        return;
    }
    m_held.insert(m_held.end(), changes.begin(), changes.end());
    if (m_held.size() > heldLimit) {
        const std::size_t over = m_held.size() - heldLimit / 2;
        m_held.erase(m_held.begin(), m_held.begin() + static_cast<std::ptrdiff_t>(over));
        m_heldLost += over;
    }
    emit countsChanged();
}

void LiveModel::apply(const std::vector<Change> &changes)
{
    if (m_loading != Loading::Ready)
        return;
    std::vector<Value> fresh;
    std::vector<Value> refused;
    QHash<QString, std::size_t> freshById;
    for (const Change &change : changes) {
        if (isOwn(change))
            takeOwn(change, fresh, refused, freshById);
    }
    insertNewest(std::move(fresh));
    for (const Value &value : refused)
        takeRefused(value);
    // Afterwards, because they speak of rows that may just have come.
    for (const Change &change : changes) {
        if (!isOwn(change))
            takeOther(change);
    }
}

void LiveModel::takeOwn(const Change &change, std::vector<Value> &fresh,
                        std::vector<Value> &refused, QHash<QString, std::size_t> &freshById)
{
    const QString id = idOf(change.payload);
    if (change.event.endsWith(QLatin1String("__delete"))) {
        remove(id);
    } else if (m_byId.contains(id)) {
        update(change.payload);
    } else if (const auto known = freshById.constFind(id); known != freshById.constEnd()) {
        fresh[*known] = change.payload;
    } else if (!id.isEmpty() && change.event.endsWith(QLatin1String("__create"))) {
        if (!takes(change.payload)) {
            refused.push_back(change.payload);
            return;
        }
        freshById.insert(id, fresh.size());
        fresh.push_back(change.payload);
    }
}

bool LiveModel::isOwn(const Change &change) const
{
    return change.event.startsWith(m_setup.changes)
        && change.event.indexOf(QLatin1String("__")) == m_setup.changes.size();
}

void LiveModel::update(const Value &value)
{
    Node *node = m_byId.value(idOf(value));
    node->value = value;
    emit valueChanged(node->id);
    if (!node->parent && !m_filter.isEmpty())
        moveInView(node);
    rowChanged(node);
}

// Into the rows that are shown or out of them, where its new content says so.
void LiveModel::moveInView(Node *node)
{
    const int row = shownRow(node);
    const bool belongs = isShown(node->value);
    if (belongs == (row >= 0))
        return;
    if (!belongs) {
        beginRemoveRows({}, row, row);
        m_shown.erase(m_shown.begin() + row);
        endRemoveRows();
    } else {
        const auto at
            = std::lower_bound(m_shown.begin(), m_shown.end(), node,
                               [](const Node *a, const Node *b) { return a->serial > b->serial; });
        const auto place = static_cast<int>(at - m_shown.begin());
        beginInsertRows({}, place, place);
        m_shown.insert(at, node);
        endInsertRows();
    }
    emit countsChanged();
}

void LiveModel::rowChanged(const Node *node)
{
    const QModelIndex left = isReachable(node) ? indexOf(node) : QModelIndex();
    if (left.isValid())
        emit dataChanged(left, left.siblingAtColumn(columnCount() - 1));
}

void LiveModel::insertNewest(std::vector<Value> values)
{
    if (values.empty())
        return;
    std::vector<Node *> shown;
    for (const Value &value : values) {
        const bool belongs = isShown(value);
        // What the instance would not have answered has no place among what it did.
        if (!belongs && !m_serverPart.empty())
            continue;
        ++m_total;
        ++m_looked;
        const qint64 serial = m_records.empty() ? 0 : m_records.front()->serial + 1;
        m_records.push_front(makeNode(value, serial));
        if (belongs)
            shown.push_back(m_records.front().get());
    }
    if (!shown.empty()) {
        beginInsertRows({}, 0, static_cast<int>(shown.size()) - 1);
        for (Node *node : shown)
            m_shown.push_front(node);
        endInsertRows();
    }
    trim();
    emit countsChanged();
}

void LiveModel::trim()
{
    if (m_records.size() <= m_setup.limit)
        return;
    const std::size_t over = m_records.size() - m_setup.limit;
    const qint64 lastKept = m_records[m_setup.limit - 1]->serial;
    int gone = 0;
    for (auto node = m_shown.rbegin(); node != m_shown.rend() && (*node)->serial < lastKept; ++node)
        ++gone;
    const auto count = static_cast<int>(m_shown.size());
    if (gone > 0) {
        beginRemoveRows({}, count - gone, count - 1);
        m_shown.erase(m_shown.end() - gone, m_shown.end());
    }
    for (std::size_t i = 0; i < over; ++i) {
        forgetNode(*m_records.back());
        m_records.pop_back();
    }
    if (gone > 0)
        endRemoveRows();
    m_hasAll = false;
}

void LiveModel::forgetNode(const Node &node)
{
    m_byId.remove(node.id);
    forget(node.id);
    for (const auto &child : node.children)
        forgetNode(*child);
}

void LiveModel::remove(const QString &id)
{
    Node *node = m_byId.value(id);
    if (!node || node->parent)
        return;
    const int row = shownRow(node);
    if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_shown.erase(m_shown.begin() + row);
    }
    forgetNode(*node);
    std::erase_if(m_records, [node](const auto &record) { return record.get() == node; });
    m_total = std::max<std::int64_t>(0, m_total - 1);
    m_looked -= std::min<std::size_t>(m_looked, 1);
    if (row >= 0)
        endRemoveRows();
    emit countsChanged();
}

} // namespace stormglass::ui
