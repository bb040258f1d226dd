#include "ui/widgets/table.h"

#include "ui/theme/style.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace stormglass::ui {

namespace {

void prepareHeader(QHeaderView &header)
{
    header.setHighlightSections(false);
    header.setSectionsMovable(false);
    header.setStretchLastSection(false);
    header.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header.setMinimumSectionSize(36);
    header.setFixedHeight(metrics::control + 2);
}

void prepareView(QAbstractItemView &view)
{
    view.setFrameShape(QFrame::NoFrame);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::SingleSelection);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setMouseTracking(true);
    view.viewport()->setAttribute(Qt::WA_Hover);
    view.setTabKeyNavigation(false);
}

void applyColumns(QHeaderView &header, const QList<Column> &columns)
{
    for (int i = 0; i < columns.size() && i < header.count(); ++i) {
        header.setSectionResizeMode(
            i, columns[i].isStretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        header.resizeSection(i, columns[i].width);
    }
}

// Where the column that takes what is left has no room, the first takes it.
void stretchFirst(QHeaderView &header, const Column &first, bool isNeeded)
{
    const QHeaderView::ResizeMode mode
        = isNeeded || first.isStretched ? QHeaderView::Stretch : QHeaderView::Interactive;
    if (header.sectionResizeMode(0) == mode)
        return;
    header.setSectionResizeMode(0, mode);
    header.resizeSection(0, first.width);
}

void hideColumns(QHeaderView &header, const QList<Column> &columns, int width)
{
    bool isFilled = false;
    for (int i = 0; i < columns.size() && i < header.count(); ++i) {
        if (columns[i].hiddenBelow > 0)
            header.setSectionHidden(i, width < columns[i].hiddenBelow);
        isFilled = isFilled || (columns[i].isStretched && !header.isSectionHidden(i));
    }
    if (!columns.isEmpty() && header.count() > 0)
        stretchFirst(header, columns.first(), !isFilled);
}

bool isOpening(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

// The place of a menu asked for by the keyboard is the row, not the pointer.
QPoint menuPlace(const QAbstractItemView &view, const QContextMenuEvent &event,
                 const QModelIndex &index)
{
    return event.reason() == QContextMenuEvent::Keyboard
        ? view.viewport()->mapToGlobal(view.visualRect(index).bottomLeft() + QPoint(16, 0))
        : event.globalPos();
}

QModelIndex menuIndex(const QAbstractItemView &view, const QContextMenuEvent &event)
{
    return event.reason() == QContextMenuEvent::Keyboard
        ? view.currentIndex()
        : view.indexAt(event.pos()); // a view is told of its viewport's events as they are
}

// A view that is given the focus takes its first row without showing it as the chosen one.
void selectCurrent(QAbstractItemView &view)
{
    QItemSelectionModel *selection = view.selectionModel();
    if (selection && !selection->hasSelection() && view.currentIndex().isValid())
        selection->select(view.currentIndex(),
                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

bool isNearEnd(const QScrollBar &bar)
{
    return bar.value() >= bar.maximum() - 40 * 28;
}

} // namespace

Table::Table(const QString &name, QWidget *parent)
    : QTableView(parent)
{
    setAccessibleName(name);
    prepareView(*this);
    prepareHeader(*horizontalHeader());
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(20);
    verticalHeader()->setDefaultSectionSize(ui::rowHeight(this));
    connect(this, &QTableView::doubleClicked, this, &Table::opened);
}

void Table::setModel(QAbstractItemModel *model)
{
    if (this->model())
        disconnect(this->model(), nullptr, this, nullptr);
    QTableView::setModel(model);
    if (model)
        connect(model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex &, int first, int last) {
                    holdPosition(first, last);
                    followPointer();
                });
}

void Table::setColumns(const QList<Column> &columns)
{
    m_columns = columns;
    applyColumns(*horizontalHeader(), columns);
}

void Table::resizeEvent(QResizeEvent *event)
{
    hideColumns(*horizontalHeader(), m_columns, viewport()->width());
    QTableView::resizeEvent(event);
}

void Table::holdPosition(int first, int last)
{
    QScrollBar *bar = verticalScrollBar();
    if (bar->value() == 0 || first > rowAt(0))
        return;
    const int wanted = bar->value() + (last - first + 1) * verticalHeader()->defaultSectionSize();
    updateGeometries();
    bar->setValue(wanted);
}

// Rows move below a pointer that rests.
void Table::followPointer()
{
    if (m_hovered >= 0)
        m_hovered = rowAt(viewport()->mapFromGlobal(QCursor::pos()).y());
    viewport()->update();
}

void Table::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row() || !previous.isValid())
        emit currentRowChanged(current);
}

void Table::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    selectCurrent(*this);
}

void Table::keyPressEvent(QKeyEvent *event)
{
    if (isOpening(*event) && currentIndex().isValid()) {
        emit opened(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        const int row = event->key() == Qt::Key_Home ? 0 : (model() ? model()->rowCount() - 1 : -1);
        if (row >= 0)
            setCurrentIndex(model()->index(row, 0));
        return;
    }
    QTableView::keyPressEvent(event);
}

bool Table::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverEnter)
        setHovered(rowAt(static_cast<QHoverEvent *>(event)->position().toPoint().y()));
    else if (event->type() == QEvent::HoverLeave || event->type() == QEvent::Leave)
        setHovered(-1);
    return QTableView::viewportEvent(event);
}

void Table::setHovered(int row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    viewport()->update();
}

void Table::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        verticalHeader()->setDefaultSectionSize(ui::rowHeight(this));
}

void Table::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = menuIndex(*this, *event);
    if (index.isValid())
        emit menuWanted(index, menuPlace(*this, *event, index));
}

void Table::verticalScrollbarValueChanged(int value)
{
    QTableView::verticalScrollbarValueChanged(value);
    followPointer();
    if (isNearEnd(*verticalScrollBar()))
        emit endNeared();
}

Tree::Tree(const QString &name, QWidget *parent)
    : QTreeView(parent)
{
    setAccessibleName(name);
    prepareView(*this);
    prepareHeader(*header());
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setAnimated(false);
    setExpandsOnDoubleClick(false);
    connect(this, &QTreeView::doubleClicked, this, &Tree::opened);
}

void Tree::setModel(QAbstractItemModel *model)
{
    if (this->model())
        disconnect(this->model(), nullptr, this, nullptr);
    QTreeView::setModel(model);
    if (model)
        connect(model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex &parent, int first, int last) {
                    if (!parent.isValid())
                        holdPosition(first, last);
                });
}

// What is looked at stays where it is while rows come above it.
void Tree::holdPosition(int first, int last)
{
    QScrollBar *bar = verticalScrollBar();
    const QModelIndex top = indexAt(QPoint(1, 1));
    const int line = top.isValid() ? rowHeight(top) : 0;
    if (bar->value() == 0 || line == 0 || top.parent().isValid() || first > top.row())
        return;
    const int wanted = bar->value() + (last - first + 1) * line;
    executeDelayedItemsLayout();
    updateGeometries();
    bar->setValue(wanted);
}

void Tree::setColumns(const QList<Column> &columns)
{
    m_columns = columns;
    applyColumns(*header(), columns);
}

void Tree::resizeEvent(QResizeEvent *event)
{
    hideColumns(*header(), m_columns, viewport()->width());
    QTreeView::resizeEvent(event);
}

void Tree::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    // The part left of a child's first cell has no cell of its own to draw the line.
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      tokensOf(this).line);
}

void Tree::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    emit currentRowChanged(current);
}

void Tree::focusInEvent(QFocusEvent *event)
{
    QTreeView::focusInEvent(event);
    selectCurrent(*this);
}

void Tree::keyPressEvent(QKeyEvent *event)
{
    if (isOpening(*event) && currentIndex().isValid())
        emit opened(currentIndex());
    else
        QTreeView::keyPressEvent(event);
}

void Tree::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = menuIndex(*this, *event);
    if (index.isValid())
        emit menuWanted(index, menuPlace(*this, *event, index));
}

void Tree::verticalScrollbarValueChanged(int value)
{
    QTreeView::verticalScrollbarValueChanged(value);
    if (isNearEnd(*verticalScrollBar()))
        emit endNeared();
}

} // namespace stormglass::ui
