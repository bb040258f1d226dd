#include "ui/widgets/marks.h"

#include "ui/theme/fonts.h"

#include <QPainter>

namespace stormglass::ui {

namespace {

constexpr int size = 10;
constexpr int step = 13;

} // namespace

void paintMark(QPainter &painter, const QRectF &area, const Mark &mark, const Tokens &tokens)
{
    const QColor color = tokens.of(mark.tone);
    const QRectF inner = area.adjusted(0.75, 0.75, -0.75, -0.75);
    painter.setPen(QPen(color, 1.3));
    painter.setBrush(Qt::NoBrush);
    switch (mark.shape) {
    case MarkShape::Filled:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(area, 2.5, 2.5);
        return;
    case MarkShape::Hollow:
        painter.drawRoundedRect(inner, 2.5, 2.5);
        return;
    case MarkShape::Dashed: {
        QPen pen(color, 1.3);
        pen.setDashPattern({2.0, 1.4});
        painter.setPen(pen);
        painter.drawRoundedRect(inner, 2.5, 2.5);
        return;
    }
    case MarkShape::Triangle:
        painter.setPen(QPen(color, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF(
            {{inner.center().x(), inner.top()}, inner.bottomRight(), inner.bottomLeft()}));
        return;
    case MarkShape::Dot:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(area);
        return;
    case MarkShape::Slashed:
        painter.drawRoundedRect(inner, 2.5, 2.5);
        painter.drawLine(inner.bottomLeft() + QPointF(1.5, -1.5),
                         inner.topRight() + QPointF(-1.5, 1.5));
        return;
    case MarkShape::Half:
        painter.drawRoundedRect(inner, 2.5, 2.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRect(QRectF(inner.left() + 1, inner.center().y(), inner.width() - 2,
                                inner.height() / 2 - 1));
        return;
    }
}

void paintMarks(QPainter &painter, const QRect &area, const QList<Mark> &marks,
                const Tokens &tokens)
{
    if (marks.isEmpty())
        return;
    const auto fitting = static_cast<qsizetype>(qMax(1, area.width() / step));
    const qsizetype shown
        = marks.size() <= fitting ? marks.size() : qMax<qsizetype>(1, fitting - 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double top = area.center().y() - size / 2 + 1;
    for (qsizetype i = 0; i < shown; ++i)
        paintMark(painter, QRectF(area.left() + static_cast<double>(i) * step, top, size, size),
                  marks[i], tokens);
    if (shown < marks.size()) {
        painter.setFont(fonts::small());
        painter.setPen(tokens.faint);
        painter.drawText(area.adjusted(static_cast<int>(shown) * step + 2, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QStringLiteral("+%1").arg(marks.size() - shown));
    }
    painter.restore();
}

} // namespace stormglass::ui
