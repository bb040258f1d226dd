#include "ui/theme/style.h"

#include "ui/theme/fonts.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFontMetrics>
#include <QStyleOption>
#include <QToolButton>

namespace stormglass::ui {

namespace {

constexpr int barWidth = 10;
constexpr int spinArrow = 18;

QRect comboPart(const QStyleOptionComplex &option, QStyle::SubControl part)
{
    const QRect all = option.rect;
    switch (part) {
    case QStyle::SC_ComboBoxEditField:
        return all.adjusted(8, 1, -24, -1);
    case QStyle::SC_ComboBoxArrow:
        return QRect(all.right() - 24, all.top(), 24, all.height());
    default:
        return all;
    }
}

QRect spinPart(const QStyleOptionComplex &option, QStyle::SubControl part)
{
    const QRect all = option.rect;
    const int half = all.height() / 2;
    switch (part) {
    case QStyle::SC_SpinBoxEditField:
        return all.adjusted(1, 1, -spinArrow, -1);
    case QStyle::SC_SpinBoxUp:
        return QRect(all.right() - spinArrow, all.top(), spinArrow, half);
    case QStyle::SC_SpinBoxDown:
        return QRect(all.right() - spinArrow, all.top() + half, spinArrow, all.height() - half);
    default:
        return all;
    }
}

// Without arrows: the groove is the whole bar.
QRect scrollPart(const QStyleOptionSlider &option, QStyle::SubControl part)
{
    const QRect all = option.rect;
    const bool isHorizontal = option.orientation == Qt::Horizontal;
    const int length = isHorizontal ? all.width() : all.height();
    const int range = option.maximum - option.minimum;
    int thumb = length;
    if (range > 0)
        thumb = qMax(28,
                     static_cast<int>(static_cast<qint64>(length) * option.pageStep
                                      / (range + option.pageStep)));
    thumb = qMin(thumb, length);
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown);
    const auto slice = [&](int from, int count) {
        return isHorizontal ? QRect(all.left() + from, all.top(), count, all.height())
                            : QRect(all.left(), all.top() + from, all.width(), count);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return slice(start, thumb);
    case QStyle::SC_ScrollBarSubPage:
        return slice(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return slice(start + thumb, length - start - thumb);
    case QStyle::SC_ScrollBarGroove:
        return all;
    default:
        return {};
    }
}

QSize buttonSize(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button)
        return QSize(metrics::control, metrics::control);
    int width = button->text.isEmpty() ? 12 : 24;
    if (!button->text.isEmpty())
        width += QFontMetrics(fonts::text()).size(Qt::TextShowMnemonic, button->text).width() + 1;
    if (!button->icon.isNull())
        width += metrics::glyph + (button->text.isEmpty() ? 0 : 6);
    if (button->features & QStyleOptionButton::HasMenu)
        width += 16;
    return QSize(width, metrics::control);
}

QSize menuItemSize(const QStyleOption *option, const QSize &size)
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
        return QSize(10, 9);
    const bool hasShortcut = item && item->text.contains(QLatin1Char('\t'));
    return QSize(size.width() + 44 + (hasShortcut ? 24 : 12), metrics::control);
}

} // namespace

QRect Style::subElementRect(SubElement element, const QStyleOption *option,
                            const QWidget *widget) const
{
    const QRect all = option->rect;
    switch (element) {
    case SE_LineEditContents: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        return frame && frame->lineWidth > 0 ? all.adjusted(7, 1, -7, -1) : all;
    }
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                            SubControl part, const QWidget *widget) const
{
    if (control == CC_ComboBox)
        return visualRect(option->direction, option->rect, comboPart(*option, part));
    if (control == CC_SpinBox)
        return visualRect(option->direction, option->rect, spinPart(*option, part));
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return visualRect(option->direction, option->rect, scrollPart(*slider, part));
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton:
        return buttonSize(option);
    case CT_LineEdit:
        return QSize(size.width(), metrics::control);
    case CT_ComboBox:
        return QSize(size.width() + 36, metrics::control);
    case CT_SpinBox:
        return QSize(size.width() + spinArrow, metrics::control);
    case CT_MenuItem:
        return menuItemSize(option, size);
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return QSize(base.width(), metrics::control + 2);
    }
    case CT_TabBarTab:
        return QSize(size.width() + 4, 36);
    case CT_ToolButton: {
        const auto *button = qobject_cast<const QToolButton *>(widget);
        const bool iconOnly = button && button->toolButtonStyle() == Qt::ToolButtonIconOnly;
        return iconOnly ? QSize(metrics::control, metrics::control)
                        : QSize(size.width() + 16, metrics::control);
    }
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return QSize(base.width(), qMax(base.height(), metrics::row(m_density)));
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return barWidth;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_DockWidgetFrameWidth:
    case PM_DockWidgetSeparatorExtent:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseHeight:
        return metric == PM_DockWidgetSeparatorExtent ? 1 : 0;
    case PM_SplitterWidth:
        return 1;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return metrics::glyph;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_HeaderMargin:
        return 8;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
        return 0;
    case PM_MenuVMargin:
        return 4;
    case PM_TabBarTabHSpace:
        return 16;
    case PM_TabBarTabOverlap:
        return 0;
    case PM_TreeViewIndentation:
        return 20;
    case PM_FocusFrameHMargin:
        return 6;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 0;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_Menu_MouseTracking:
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_ItemView_PaintAlternatingRowColorsForEmptyArea:
        return hint == SH_ItemView_PaintAlternatingRowColorsForEmptyArea ? 0 : 1;
    case SH_Widget_Animation_Duration:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_LineEdit_PasswordCharacter:
        return 0x2022;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

} // namespace stormglass::ui
