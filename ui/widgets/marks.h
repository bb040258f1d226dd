#pragma once

#include "ui/theme/tokens.h"

#include <QList>
#include <QRect>

class QPainter;

namespace stormglass::ui {

// Shapes that tell states apart without their colours.
enum class MarkShape { Filled, Hollow, Dashed, Triangle, Dot, Slashed, Half };

struct Mark
{
    MarkShape shape = MarkShape::Hollow;
    Tone tone = Tone::Faint;

    friend bool operator==(const Mark &, const Mark &) = default;
};

// A strip of small marks from the left of `area`; those that find no room are counted behind it.
void paintMarks(QPainter &painter, const QRect &area, const QList<Mark> &marks,
                const Tokens &tokens);
void paintMark(QPainter &painter, const QRectF &area, const Mark &mark, const Tokens &tokens);

} // namespace stormglass::ui
