#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

#include "ui/theme/tokens.h"

class QPainter;
class QRect;

namespace stormglass::ui {

// The product's own icons, drawn in one colour; `name` is a file of resources/icons without its
// suffix. Kept in the pixmap cache by name, colour and size.
QPixmap glyph(const QString &name, const QColor &color, int size, qreal ratio);

// Centred in `area`, never larger than it.
void paintGlyph(QPainter &painter, const QRect &area, const QString &name, const QColor &color);

// For actions and buttons: follows the theme's colours when they change.
QIcon themedIcon(const QString &name, Tone tone = Tone::Muted);

// The mark of the product, in its own colours.
QIcon productIcon();

} // namespace stormglass::ui
