#pragma once

#include "ui/theme/tokens.h"

class QPainter;
class QProxyStyle;
class QRect;
class QStyleOption;
class QStyleOptionComplex;
class QWidget;

namespace stormglass::ui {

// The drawing of each control, for Style alone; buttons and inputs in style_controls.cpp, views and
// bars in style_views.cpp.
class StylePainting
{
public:
    StylePainting(QPainter &painter, const Tokens &tokens)
        : m_painter(painter)
        , m_tokens(tokens)
    {
    }

    void focusRing(const QStyleOption &option) const;
    void lineEdit(const QStyleOption &option, const QWidget *widget) const;
    void checkMark(const QStyleOption &option) const;
    void radioMark(const QStyleOption &option) const;
    void buttonGround(const QStyleOption &option, const QWidget *widget) const;
    void buttonLabel(const QStyleOption &option, const QWidget *widget) const;
    void comboBox(const QStyleOptionComplex &option) const;
    void comboLabel(const QStyleOption &option) const;
    void spinBox(const QStyleOptionComplex &option, const QProxyStyle &style,
                 const QWidget *widget) const;
    void toolButton(const QStyleOptionComplex &option) const;

    void branch(const QStyleOption &option) const;
    void itemGround(const QStyleOption &option) const;
    void headerGround(const QStyleOption &option) const;
    void headerLabel(const QStyleOption &option) const;
    void popup(const QStyleOption &option) const;
    void frame(const QStyleOption &option) const;
    void tabBase(const QStyleOption &option) const;
    void tabGround(const QStyleOption &option) const;
    void tabLabel(const QStyleOption &option) const;
    void splitter(const QStyleOption &option) const;
    void menuItem(const QStyleOption &option) const;
    void progressGroove(const QStyleOption &option) const;
    void progressContents(const QStyleOption &option) const;
    void scrollBar(const QStyleOptionComplex &option, const QProxyStyle &style,
                   const QWidget *widget) const;

private:
    void box(const QRect &area, const QColor &ground, const QColor &border, qreal radius) const;
    QColor inputBorder(const QStyleOption &option) const;

    QPainter &m_painter;
    const Tokens &m_tokens;
};

} // namespace stormglass::ui
