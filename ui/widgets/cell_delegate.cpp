#include "ui/widgets/cell_delegate.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/charts.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/table.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace stormglass::ui {

namespace {

constexpr int padding = 8;

bool isHovered(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (const auto *table = qobject_cast<const Table *>(option.widget))
        return table->hoveredRow() == index.row();
    // A tree has painted the whole row already, with what is left of its first cell.
    return option.state.testFlag(QStyle::State_MouseOver)
        && !qobject_cast<const Tree *>(option.widget);
}

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                 const Tokens &tokens)
{
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, tokens.selection);
    else if (isHovered(option, index))
        painter.fillRect(option.rect, tokens.hover());
}

QString whole(const Cell &cell)
{
    return cell.second.isEmpty() ? cell.text : cell.text + QLatin1Char('\n') + cell.second;
}

// Whether its texts need more room than there is.
bool isCut(const Cell &cell, const QStyleOptionViewItem &option)
{
    int room = option.rect.width() - 2 * padding;
    room -= cell.glyph.isEmpty() ? 0 : 22;
    room -= cell.right.isEmpty()
        ? 0
        : QFontMetrics(fontOf(Face::Small)).horizontalAdvance(cell.right) + 8;
    int wanted = QFontMetrics(fontOf(cell.face)).horizontalAdvance(cell.text);
    if (!cell.second.isEmpty())
        wanted += 8 + QFontMetrics(fontOf(Face::Body)).horizontalAdvance(cell.second);
    return wanted > room;
}

} // namespace

Cell CellDelegate::cell(const QModelIndex &index) const
{
    return {index.data(Qt::DisplayRole).toString()};
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return QSize(80, rowHeight(option.widget));
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Tokens &tokens = tokensOf(option.widget);
    paintGround(*painter, option, index, tokens);
    if (drawsLine())
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          tokens.line);
    const Cell content = cell(index);
    QRect area = option.rect.adjusted(padding, 0, -padding, -1);
    painter->setClipRect(option.rect);
    if (!content.marks.isEmpty())
        paintMarks(*painter, area, content.marks, tokens);
    else if (!content.line.isEmpty())
        paintSparkline(*painter, area.adjusted(0, 4, 0, -3), content.line, tokens.of(content.tone));
    if (!content.glyph.isEmpty()) {
        paintGlyph(*painter, QRect(area.left(), area.center().y() - 7, 16, 16), content.glyph,
                   tokens.of(content.glyphTone));
        area.setLeft(area.left() + 22);
    }
    if (!content.chip.isEmpty())
        area.setLeft(area.left() + paintChip(*painter, area, content.chip, tokens, content.chipTone)
                     + 8);
    if (!content.right.isEmpty()) {
        painter->setFont(fontOf(Face::Small));
        painter->setPen(tokens.faint);
        painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, content.right);
        area.setRight(area.right() - painter->fontMetrics().horizontalAdvance(content.right) - 8);
    }
    paintText(*painter, area, content, tokens);
    painter->setClipping(false);
}

void CellDelegate::paintText(QPainter &painter, QRect area, const Cell &cell,
                             const Tokens &tokens) const
{
    if (cell.bar >= 0) {
        const QRect groove(area.left(), area.bottom() - 3, area.width(), 2);
        painter.fillRect(groove, tokens.soft(Tone::Muted));
        painter.fillRect(
            QRect(groove.left(), groove.top(), qRound(groove.width() * qMin(1.0, cell.bar)), 2),
            tokens.of(cell.barTone));
        area.setBottom(area.bottom() - 2);
    }
    if (cell.text.isEmpty() && cell.second.isEmpty())
        return;
    painter.setFont(fontOf(cell.face));
    painter.setPen(tokens.of(cell.tone));
    const QFontMetrics measure = painter.fontMetrics();
    const QString shown
        = measure.elidedText(cell.text, cell.elide, area.width(), Qt::TextSingleLine);
    const QRect text = area;
    painter.drawText(text, static_cast<int>(cell.alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                     shown);
    if (cell.second.isEmpty())
        return;
    const int left = area.left() + (shown.isEmpty() ? 0 : measure.horizontalAdvance(shown) + 8);
    if (area.right() - left < 24)
        return;
    painter.setFont(fontOf(cell.face == Face::Code ? Face::Code : Face::Body));
    painter.setPen(tokens.muted);
    const QRect rest(left, area.top(), area.right() - left + 1, area.height());
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(cell.second, Qt::ElideRight, rest.width()));
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                             const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString own = index.data(Qt::ToolTipRole).toString();
    const Cell content = cell(index);
    const QString text = !own.isEmpty() ? own : isCut(content, option) ? whole(content) : QString();
    QToolTip::showText(event->globalPos(), plainToolTip(shortened(text, 600)), view);
    return true;
}

} // namespace stormglass::ui
