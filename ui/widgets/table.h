#pragma once

#include <QTableView>
#include <QTreeView>

namespace stormglass::ui {

struct Column
{
    int width = 100;
    // Takes what is left; one of them at least.
    bool isStretched = false;
    // Not shown while the whole list is narrower than this.
    int hiddenBelow = 0;
};

// A list of many rows of one height, chosen by row. Rows that arrive above the visible ones do not
// move them.
class Table : public QTableView
{
    Q_OBJECT

public:
    explicit Table(const QString &name, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void setColumns(const QList<Column> &columns);
    int hoveredRow() const { return m_hovered; }

signals:
    // Enter or a double click.
    void opened(const QModelIndex &index);
    void menuWanted(const QModelIndex &index, const QPoint &global);
    void currentRowChanged(const QModelIndex &index);
    // The last row that is loaded has come near.
    void endNeared();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void verticalScrollbarValueChanged(int value) override;

private:
    void holdPosition(int first, int last);
    void followPointer();
    void setHovered(int row);

    int m_hovered = -1;
    QList<Column> m_columns;
};

// The same for rows that have children.
class Tree : public QTreeView
{
    Q_OBJECT

public:
    explicit Tree(const QString &name, QWidget *parent = nullptr);
    void setModel(QAbstractItemModel *model) override;
    void setColumns(const QList<Column> &columns);

signals:
    void opened(const QModelIndex &index);
    void menuWanted(const QModelIndex &index, const QPoint &global);
    void currentRowChanged(const QModelIndex &index);
    void endNeared();

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void verticalScrollbarValueChanged(int value) override;

private:
    void holdPosition(int first, int last);

    QList<Column> m_columns;
};

} // namespace stormglass::ui
