#include "ui/pages/brief_list.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"

#include <QPainter>
#include <QStandardItemModel>

#include <algorithm>

namespace stormglass::ui {

namespace {

class BriefCells final : public CellDelegate
{
public:
    explicit BriefCells(const BriefList &list, QObject *parent)
        : CellDelegate(parent)
        , m_list(list)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const BriefRow row = m_list.rows().value(index.row());
        const int width = row.cell.bar >= 0 ? widestRight() : rightWidth(row);
        QStyleOptionViewItem left = option;
        left.rect.setRight(option.rect.right() - width);
        CellDelegate::paint(painter, left, index);
        if (width == 0)
            return;
        const Tokens &tokens = tokensOf(option.widget);
        const QRect area(left.rect.right() + 1, option.rect.top(), width, option.rect.height());
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(area, tokens.selection);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(area, tokens.hover());
        painter->setFont(fonts::text());
        painter->setPen(tokens.of(row.rightTone));
        painter->drawText(area.adjusted(0, 0, -8, -1), Qt::AlignRight | Qt::AlignVCenter,
                          row.right);
    }

protected:
    bool drawsLine() const override { return false; }
    Cell cell(const QModelIndex &index) const override
    {
        return m_list.rows().value(index.row()).cell;
    }

private:
    static int rightWidth(const BriefRow &row)
    {
        return row.right.isEmpty() ? 0
                                   : QFontMetrics(fonts::text()).horizontalAdvance(row.right) + 16;
    }

    // Bars are compared with each other, so they are measured against one length.
    int widestRight() const
    {
        int widest = 0;
        for (const BriefRow &row : m_list.rows())
            widest = std::max(widest, rightWidth(row));
        return widest;
    }

    const BriefList &m_list;
};

} // namespace

BriefList::BriefList(const QString &name, QWidget *parent)
    : QListView(parent)
    , m_items(new QStandardItemModel(this))
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setModel(m_items);
    setItemDelegate(new BriefCells(*this, this));
    setEditTriggers(NoEditTriggers);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setUniformItemSizes(true);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    const auto go = [this](const QModelIndex &index) {
        const Place place = m_rows.value(index.row()).place;
        if (!place.page.isEmpty())
            emit placeWanted(place);
    };
    connect(this, &QListView::activated, this, go);
    connect(this, &QListView::clicked, this, go);
}

void BriefList::setRows(const QList<BriefRow> &rows, const QString &nothing)
{
    m_rows = rows;
    m_nothing = nothing;
    while (m_items->rowCount() > rows.size())
        m_items->removeRow(m_items->rowCount() - 1);
    while (m_items->rowCount() < rows.size())
        m_items->appendRow(new QStandardItem);
    for (int i = 0; i < rows.size(); ++i)
        m_items->item(i)->setText(rows[i].cell.text + QLatin1Char(' ') + rows[i].right);
    updateGeometry();
    viewport()->update();
}

void BriefList::reserve(int rows)
{
    m_reserved = rows;
    updateGeometry();
}

QSize BriefList::sizeHint() const
{
    return QSize(
        200,
        ui::rowHeight(this)
            * static_cast<int>(qMax<qsizetype>(m_reserved, qMax<qsizetype>(1, m_rows.size()))));
}

void BriefList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!m_rows.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(fonts::text());
    painter.setPen(tokensOf(this).faint);
    painter.drawText(viewport()->rect().adjusted(8, 0, -8, 0),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_nothing);
}

void BriefList::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    clearSelection();
}

} // namespace stormglass::ui
