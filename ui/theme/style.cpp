#include "ui/theme/style.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style_painting.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QStyleOption>
#include <QTableView>

namespace stormglass::ui {

Style::Style(Scheme scheme, Density density)
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_tokens(tokensFor(scheme))
    , m_density(density)
{
}

void Style::polish(QPalette &palette)
{
    const Tokens &t = m_tokens;
    palette = QPalette(t.text, t.surface, t.line, t.strongLine(), t.line, t.text, t.text, t.surface,
                       t.surface);
    palette.setColor(QPalette::Window, t.surface);
    palette.setColor(QPalette::AlternateBase, t.background);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::Highlight, t.selection);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::PlaceholderText, t.faint);
    for (const auto role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, mixed(t.faint, t.surface, 0.75));
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QAbstractItemView *>(widget) || qobject_cast<QHeaderView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (!paintedPrimitive(element, option, painter, widget))
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

namespace {

bool isInPopup(const QWidget *widget)
{
    return widget && widget->window()->windowType() == Qt::Popup;
}

} // namespace

bool Style::paintedPrimitive(PrimitiveElement element, const QStyleOption *option,
                             QPainter *painter, const QWidget *widget) const
{
    const StylePainting painting(*painter, m_tokens);
    switch (element) {
    case PE_FrameFocusRect:
        if (!isInPopup(widget))
            painting.focusRing(*option);
        return true;
    case PE_PanelLineEdit:
        painting.lineEdit(*option, widget);
        return true;
    case PE_FrameLineEdit:
        return true;
    case PE_IndicatorCheckBox:
        painting.checkMark(*option);
        return true;
    case PE_IndicatorRadioButton:
        painting.radioMark(*option);
        return true;
    case PE_IndicatorBranch:
        painting.branch(*option);
        return true;
    case PE_IndicatorHeaderArrow:
        return true;
    case PE_IndicatorItemViewItemCheck:
        painting.checkMark(*option);
        return true;
    case PE_PanelItemViewRow:
        // Of a table this is one cell; its delegate paints the whole row.
        if (!qobject_cast<const QTableView *>(widget))
            painting.itemGround(*option);
        return true;
    case PE_PanelItemViewItem:
        painting.itemGround(*option);
        return true;
    case PE_PanelMenu:
    case PE_FrameMenu:
    case PE_PanelTipLabel:
        painting.popup(*option);
        return true;
    case PE_Frame:
        painting.frame(*option);
        return true;
    case PE_FrameTabBarBase:
        painting.tabBase(*option);
        return true;
    case PE_FrameTabWidget:
        return true;
    default:
        return false;
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    if (!paintedControl(element, option, painter, widget))
        QProxyStyle::drawControl(element, option, painter, widget);
}

bool Style::paintedControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                           const QWidget *widget) const
{
    const StylePainting painting(*painter, m_tokens);
    switch (element) {
    case CE_PushButtonBevel:
        painting.buttonGround(*option, widget);
        return true;
    case CE_PushButtonLabel:
        painting.buttonLabel(*option, widget);
        return true;
    case CE_ComboBoxLabel:
        painting.comboLabel(*option);
        return true;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painting.headerGround(*option);
        return true;
    case CE_HeaderLabel:
        painting.headerLabel(*option);
        return true;
    case CE_TabBarTabShape:
        painting.tabGround(*option);
        return true;
    case CE_TabBarTabLabel:
        painting.tabLabel(*option);
        return true;
    case CE_Splitter:
        painting.splitter(*option);
        return true;
    case CE_MenuItem:
        painting.menuItem(*option);
        return true;
    case CE_MenuEmptyArea:
        return true;
    case CE_ShapedFrame:
        if (widget && widget->isWindow() && isInPopup(widget))
            painting.popup(*option);
        else
            painting.frame(*option);
        return true;
    case CE_ProgressBarGroove:
        painting.progressGroove(*option);
        return true;
    case CE_ProgressBarContents:
        painting.progressContents(*option);
        return true;
    case CE_ProgressBarLabel:
        return true;
    default:
        return false;
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                               QPainter *painter, const QWidget *widget) const
{
    const StylePainting painting(*painter, m_tokens);
    switch (control) {
    case CC_ComboBox:
        painting.comboBox(*option);
        return;
    case CC_SpinBox:
        painting.spinBox(*option, *this, widget);
        return;
    case CC_ScrollBar:
        painting.scrollBar(*option, *this, widget);
        return;
    case CC_ToolButton:
        painting.toolButton(*option);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

namespace {

const Style *ours(const QStyle *style)
{
    return qobject_cast<const Style *>(style);
}

} // namespace

const Tokens &tokensOf(const QStyle *style)
{
    const Style *own = ours(style);
    return own ? own->tokens() : tokensFor(Scheme::Light);
}

const Tokens &tokensOf(const QWidget *widget)
{
    return tokensOf(widget ? widget->style() : QApplication::style());
}

int rowHeight(const QWidget *widget)
{
    const Style *own = ours(widget ? widget->style() : QApplication::style());
    return metrics::row(own ? own->density() : Density::Normal);
}

void applyTheme(QApplication &application, Scheme scheme, Density density)
{
    auto *style = new Style(scheme, density); // the application takes it
    QPalette palette;
    style->polish(palette);
    QApplication::setStyle(style);
    QApplication::setPalette(palette);
    QApplication::setFont(fonts::text());
    Q_UNUSED(application)
}

Scheme systemScheme()
{
    const QPalette palette = QGuiApplication::palette();
    const bool isDark = palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
    return isDark ? Scheme::Dark : Scheme::Light;
}

} // namespace stormglass::ui
