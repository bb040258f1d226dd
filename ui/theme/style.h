#pragma once

#include "ui/theme/metrics.h"
#include "ui/theme/tokens.h"

#include <QProxyStyle>

class QApplication;
class QWidget;

namespace stormglass::ui {

// How every control of the console is painted: Fusion's behaviour with our tokens, no style sheets.
// A QPushButton's property "variant" may be `primary`, `danger` or `quiet`.
class Style final : public QProxyStyle
{
    Q_OBJECT

public:
    Style(Scheme scheme, Density density);

    const Tokens &tokens() const { return m_tokens; }
    Density density() const { return m_density; }

    void polish(QPalette &palette) override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override;

private:
    bool paintedPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const;
    bool paintedControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const;

    const Tokens &m_tokens;
    Density m_density;
};

// The colours a widget is to paint itself with. Light ones where the application has another style.
const Tokens &tokensOf(const QWidget *widget);
const Tokens &tokensOf(const QStyle *style);
int rowHeight(const QWidget *widget);

// Gives the application our style, palette and font; may be called again to change them.
void applyTheme(QApplication &application, Scheme scheme, Density density = Density::Normal);
// What the desktop asks for, as far as its palette tells. Ask before applyTheme.
Scheme systemScheme();

} // namespace stormglass::ui
