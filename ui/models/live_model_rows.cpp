// Which rows of a LiveModel can be seen, and where; live_model.cpp is how they come and go.
#include "ui/models/live_model.h"

#include <algorithm>

namespace stormglass::ui {

bool LiveModel::isReachable(const Node *node) const
{
    while (node && node->parent)
        node = node->parent;
    return node && shownRow(node) >= 0;
}

int LiveModel::shownRow(const Node *node) const
{
    const auto at
        = std::lower_bound(m_shown.begin(), m_shown.end(), node,
                           [](const Node *a, const Node *b) { return a->serial > b->serial; });
    return at != m_shown.end() && *at == node ? static_cast<int>(at - m_shown.begin()) : -1;
}

LiveModel::Node *LiveModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : nullptr;
}

QModelIndex LiveModel::indexOf(const Node *node, int column) const
{
    if (!node)
        return {};
    int row = -1;
    if (node->parent) {
        const auto &siblings = node->parent->children;
        const auto at = std::find_if(siblings.begin(), siblings.end(),
                                     [node](const auto &sibling) { return sibling.get() == node; });
        row = at == siblings.end() ? -1 : static_cast<int>(at - siblings.begin());
    } else {
        row = shownRow(node);
    }
    return row < 0 ? QModelIndex() : createIndex(row, column, node);
}

QModelIndex LiveModel::indexOf(const QString &id) const
{
    return indexOf(m_byId.value(id));
}

const Value &LiveModel::valueAt(const QModelIndex &index) const
{
    static const Value nothing{};
    const Node *node = nodeOf(index);
    return node ? node->value : nothing;
}

QString LiveModel::idAt(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    return node ? node->id : QString();
}

std::vector<Value> LiveModel::newest(std::size_t count) const
{
    std::vector<Value> values;
    for (std::size_t i = 0; i < std::min(count, m_records.size()); ++i)
        values.push_back(m_records[i]->value);
    return values;
}

QModelIndex LiveModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount())
        return {};
    const auto place = static_cast<std::size_t>(row);
    if (const Node *above = nodeOf(parent))
        return place < above->children.size()
            ? createIndex(row, column, above->children[place].get())
            : QModelIndex();
    return place < m_shown.size() ? createIndex(row, column, m_shown[place]) : QModelIndex();
}

QModelIndex LiveModel::parent(const QModelIndex &child) const
{
    const Node *node = nodeOf(child);
    return node && node->parent ? indexOf(node->parent) : QModelIndex();
}

int LiveModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    const Node *node = nodeOf(parent);
    return static_cast<int>(node ? node->children.size() : m_shown.size());
}

QVariant LiveModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    return text(nodeOf(index)->value, index.column());
}

} // namespace stormglass::ui
