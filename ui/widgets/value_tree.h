#pragma once

#include "ui/widgets/value_model.h"

#include <QTreeView>

class QMenu;

namespace stormglass::ui {

// A payload, a result, parameters: folded as one likes, every value to be copied or filtered by.
class ValueTree : public QTreeView
{
    Q_OBJECT

public:
    explicit ValueTree(const QString &name, QWidget *parent = nullptr);

    // Unfolds the first two levels as long as they are small.
    void setValue(const Value &value);
    const Value &value() const { return m_model->value(); }
    // As high as its rows, up to so many; for use inside a scrolling detail.
    void fitRows(int limit);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void filterWanted(const QString &path, const stormglass::Value &value);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fillMenu(QMenu &menu, const QModelIndex &index);
    void copyCurrent() const;
    bool hasFolds() const;
    int visibleRows(const QModelIndex &parent, int limit) const;

    ValueModel *m_model;
    int m_fitLimit = 0;
};

} // namespace stormglass::ui
