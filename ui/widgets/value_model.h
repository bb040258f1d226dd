#pragma once

#include "engine/base/value.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace stormglass::ui {

// A value as a tree, one row a member or an item. Rows come into being when they are looked at, a
// thousand at a time, so a result of any size opens at once.
class ValueModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { KeyRole = Qt::UserRole + 1, ValueTextRole, KindRole, PathRole };
    // For colours: what kind of thing the text stands for.
    enum class Kind { Text, Number, Word, Container };

    explicit ValueModel(QObject *parent = nullptr);
    ~ValueModel() override;

    void setValue(const Value &value);
    const Value &value() const { return m_value; }
    const Value &valueAt(const QModelIndex &index) const;
    // `a.b[3]`, from the root.
    QString pathAt(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;

    Value m_value;
    std::unique_ptr<Node> m_root;
};

// One line for a value: scalars as JSON has them, containers by their size. At most some hundred
// characters.
QString valueText(const Value &value);

} // namespace stormglass::ui
