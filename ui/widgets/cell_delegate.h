#pragma once

#include "ui/widgets/marks.h"
#include "ui/widgets/text.h"

#include <QStyledItemDelegate>

namespace stormglass::ui {

// What stands in a cell of a list; empty parts take no room. Read from left to right: glyph, chip,
// text, second text; or marks; or a line; a bar lies under the text.
struct Cell
{
    QString text = {};
    Tone tone = Tone::Text;
    Face face = Face::Body;
    // Behind the text, quieter.
    QString second = {};
    // At the right edge, quieter; never cut.
    QString right = {};
    QString glyph = {};
    Tone glyphTone = Tone::Muted;
    QString chip = {};
    Tone chipTone = Tone::Muted;
    QList<Mark> marks = {};
    QList<double> line = {};
    // 0…1; below 0 there is none.
    double bar = -1;
    Tone barTone = Tone::Accent;
    Qt::Alignment alignment = Qt::AlignLeft;
    Qt::TextElideMode elide = Qt::ElideRight;
};

// Paints cells; a page says what is in each. Text is never markup, in tool tips neither.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    // The model's own text, unless a page knows better.
    virtual Cell cell(const QModelIndex &index) const;
    // Whether a thin line closes each row.
    virtual bool drawsLine() const { return true; }

private:
    void paintText(QPainter &painter, QRect area, const Cell &cell, const Tokens &tokens) const;
};

} // namespace stormglass::ui
