#include "ui/widgets/value_model.h"

#include "engine/base/json.h"

namespace stormglass::ui {

namespace {

constexpr std::size_t page = 1000;
constexpr qsizetype shownText = 400;

std::size_t childCount(const Value &value)
{
    if (value.isMap())
        return value.entries().size();
    if (value.isSequence())
        return value.items().size();
    return 0;
}

QString quoted(const Value &value)
{
    QString text = value.toQString();
    const bool isCut = text.size() > shownText;
    text.truncate(shownText);
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('\n'), QLatin1String("\\n"));
    text.replace(QLatin1Char('\t'), QLatin1String("\\t"));
    text.replace(QLatin1Char('\r'), QLatin1String("\\r"));
    // What else does not print, as JSON writes it.
    for (qsizetype at = text.size() - 1; at >= 0; --at) {
        if (text.at(at).unicode() < 0x20 || text.at(at).unicode() == 0x7f)
            text.replace(
                at, 1, QStringLiteral("\\u%1").arg(text.at(at).unicode(), 4, 16, QLatin1Char('0')));
    }
    return QLatin1Char('"') + text + (isCut ? QStringLiteral("\u2026\"") : QStringLiteral("\""));
}

QString keyText(const Value &key)
{
    return key.isText() ? key.toQString() : valueText(key);
}

} // namespace

QString valueText(const Value &value)
{
    if (value.isSecret())
        return QStringLiteral("********");
    if (value.isText())
        return quoted(value);
    if (value.isMap())
        return value.entries().isEmpty() ? QStringLiteral("{}")
                                         : QStringLiteral("{%1}").arg(value.entries().size());
    if (value.isSequence())
        return value.items().empty() ? QStringLiteral("[]")
                                     : QStringLiteral("[%1]").arg(value.items().size());
    return QString::fromStdString(writeJson(value)).left(shownText);
}

struct ValueModel::Node
{
    // Borrowed from the model's value, which is not changed while there are nodes.
    const Value *value = nullptr;
    QString key;
    Node *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;
};

ValueModel::ValueModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->value = &m_value;
}

ValueModel::~ValueModel() = default;

void ValueModel::setValue(const Value &value)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_value = value;
    m_root->value = &m_value;
    endResetModel();
}

ValueModel::Node *ValueModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

const Value &ValueModel::valueAt(const QModelIndex &index) const
{
    return *nodeOf(index)->value;
}

QString ValueModel::pathAt(const QModelIndex &index) const
{
    QString path;
    for (const Node *node = nodeOf(index); node->parent; node = node->parent) {
        const bool isItem = node->parent->value->isSequence();
        const bool isFirst = !node->parent->parent;
        path.prepend(isItem ? QLatin1Char('[') + node->key + QLatin1Char(']')
                            : (isFirst ? node->key : QLatin1Char('.') + node->key));
    }
    return path;
}

QModelIndex ValueModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (row < 0 || column != 0 || static_cast<std::size_t>(row) >= node->children.size())
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ValueModel::parent(const QModelIndex &child) const
{
    Node *node = nodeOf(child)->parent;
    return node && node->parent ? createIndex(node->row, 0, node) : QModelIndex();
}

int ValueModel::rowCount(const QModelIndex &parent) const
{
    return static_cast<int>(nodeOf(parent)->children.size());
}

int ValueModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool ValueModel::hasChildren(const QModelIndex &parent) const
{
    return childCount(*nodeOf(parent)->value) > 0;
}

bool ValueModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    return node->children.size() < childCount(*node->value);
}

void ValueModel::fetchMore(const QModelIndex &parent)
{
    Node *node = nodeOf(parent);
    const std::size_t from = node->children.size();
    const std::size_t to = std::min(childCount(*node->value), from + page);
    if (to <= from)
        return;
    beginInsertRows(parent, static_cast<int>(from), static_cast<int>(to) - 1);
    for (std::size_t i = from; i < to; ++i) {
        auto child = std::make_unique<Node>();
        child->parent = node;
        child->row = static_cast<int>(i);
        if (node->value->isMap()) {
            const ValueMap::Entry &entry = node->value->entries().at(i);
            child->key = keyText(entry.key);
            child->value = &entry.value;
        } else {
            child->key = QString::number(i);
            child->value = &node->value->items()[i];
        }
        node->children.push_back(std::move(child));
    }
    endInsertRows();
}

QVariant ValueModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node *node = nodeOf(index);
    switch (role) {
    case KeyRole:
        return node->key;
    case ValueTextRole:
        return valueText(*node->value);
    case PathRole:
        return pathAt(index);
    case Qt::DisplayRole:
        return QString(node->key + QLatin1String(": ") + valueText(*node->value));
    case KindRole:
        if (childCount(*node->value) > 0 || node->value->isMap() || node->value->isSequence())
            return static_cast<int>(Kind::Container);
        if (node->value->isNumber())
            return static_cast<int>(Kind::Number);
        return static_cast<int>(node->value->isText() ? Kind::Text : Kind::Word);
    default:
        return {};
    }
}

} // namespace stormglass::ui
