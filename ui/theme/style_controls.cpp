#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style_painting.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>
#include <QVariant>
#include <QWidget>

namespace stormglass::ui {

namespace {

enum class Variant { Normal, Primary, Danger, Quiet };

Variant variantOf(const QWidget *widget)
{
    const QString name = widget ? widget->property("variant").toString() : QString();
    if (name == QLatin1String("primary"))
        return Variant::Primary;
    if (name == QLatin1String("danger"))
        return Variant::Danger;
    return name == QLatin1String("quiet") ? Variant::Quiet : Variant::Normal;
}

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

bool hasKeyboardFocus(const QStyleOption &option)
{
    return has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
}

} // namespace

void StylePainting::box(const QRect &area, const QColor &ground, const QColor &border,
                        qreal radius) const
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setBrush(ground.isValid() ? QBrush(ground) : QBrush(Qt::NoBrush));
    m_painter.setPen(border.isValid() ? QPen(border, 1) : QPen(Qt::NoPen));
    const QRectF inner
        = border.isValid() ? QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(area);
    m_painter.drawRoundedRect(inner, radius, radius);
    m_painter.restore();
}

void StylePainting::focusRing(const QStyleOption &option) const
{
    if (!has(option, QStyle::State_KeyboardFocusChange))
        return;
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_tokens.accent, 1.5));
    m_painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), metrics::radius,
                              metrics::radius);
    m_painter.restore();
}

QColor StylePainting::inputBorder(const QStyleOption &option) const
{
    if (has(option, QStyle::State_HasFocus))
        return m_tokens.accent;
    if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        return mixed(m_tokens.text, m_tokens.line, 0.22);
    return m_tokens.strongLine();
}

void StylePainting::lineEdit(const QStyleOption &option, const QWidget *widget) const
{
    // The edit inside a spin box or a combo box has its host's frame.
    const auto *panel = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    if (!panel || panel->lineWidth == 0)
        return;
    const bool isLocked
        = has(option, QStyle::State_ReadOnly) || !has(option, QStyle::State_Enabled);
    const QVariant tint = widget ? widget->property("tint") : QVariant();
    const QColor border = tint.canConvert<QColor>() && tint.value<QColor>().isValid()
        ? tint.value<QColor>()
        : inputBorder(option);
    box(option.rect, isLocked ? m_tokens.sunken() : m_tokens.surface, border, metrics::radius);
}

void StylePainting::checkMark(const QStyleOption &option) const
{
    const bool isOn = has(option, QStyle::State_On) || has(option, QStyle::State_NoChange);
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const QRect area(option.rect.x(), option.rect.y() + (option.rect.height() - 16) / 2, 16, 16);
    const QColor on = isEnabled ? m_tokens.accent : m_tokens.faint;
    box(area, isOn ? on : m_tokens.surface, isOn ? on : inputBorder(option), 4);
    if (isOn)
        paintGlyph(m_painter, area.adjusted(1, 1, -1, -1),
                   has(option, QStyle::State_NoChange) ? QStringLiteral("minus")
                                                       : QStringLiteral("check"),
                   m_tokens.onAccent);
    if (hasKeyboardFocus(option))
        box(area.adjusted(-2, -2, 2, 2), {}, m_tokens.accent, metrics::radius);
}

void StylePainting::radioMark(const QStyleOption &option) const
{
    const bool isOn = has(option, QStyle::State_On);
    const QRect area(option.rect.x(), option.rect.y(), 16, 16);
    box(area, isOn ? m_tokens.accent : m_tokens.surface,
        isOn ? m_tokens.accent : inputBorder(option), 8);
    if (isOn)
        box(area.adjusted(5, 5, -5, -5), m_tokens.onAccent, {}, 3);
}

void StylePainting::buttonGround(const QStyleOption &option, const QWidget *widget) const
{
    const bool isDown = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool isOver = has(option, QStyle::State_MouseOver);
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const double shade = isDown ? 0.16 : isOver ? 0.08 : 0.0;
    const Variant variant = variantOf(widget);
    QColor ground = mixed(m_tokens.text, m_tokens.raised, shade * 0.6);
    QColor border = m_tokens.strongLine();
    if (variant == Variant::Primary || variant == Variant::Danger) {
        const QColor base = variant == Variant::Primary ? m_tokens.accent : m_tokens.bad;
        ground
            = isEnabled ? mixed(m_tokens.text, base, shade) : mixed(base, m_tokens.surface, 0.35);
        border = QColor();
    } else if (variant == Variant::Quiet) {
        ground = shade > 0 ? mixed(m_tokens.text, m_tokens.surface, shade) : QColor();
        border = QColor();
    }
    box(option.rect, ground, border, metrics::radius);
    if (hasKeyboardFocus(option)) {
        const bool isFilled = variant == Variant::Primary || variant == Variant::Danger;
        box(option.rect.adjusted(isFilled ? 2 : 0, isFilled ? 2 : 0, isFilled ? -2 : 0,
                                 isFilled ? -2 : 0),
            {}, isFilled ? m_tokens.onAccent : m_tokens.accent,
            metrics::radius - (isFilled ? 2 : 0));
    }
}

void StylePainting::buttonLabel(const QStyleOption &option, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    if (!button)
        return;
    const Variant variant = variantOf(widget);
    const bool isFilled = variant == Variant::Primary || variant == Variant::Danger;
    const bool isEnabled = has(option, QStyle::State_Enabled);
    QColor color = isFilled ? m_tokens.onAccent : m_tokens.text;
    // On a dark ground what is written dark on a bright button would be lost on a dimmed one.
    if (!isEnabled && isFilled && m_tokens.scheme == Scheme::Dark)
        color = m_tokens.muted;
    if (!isEnabled && !isFilled)
        color = mixed(m_tokens.faint, m_tokens.surface, 0.75);
    const QFont font = isFilled ? fonts::strong() : fonts::text();
    m_painter.setFont(font);
    const int textWidth = QFontMetrics(font).size(Qt::TextShowMnemonic, button->text).width();
    const bool hasIcon = !button->icon.isNull();
    const int gap = hasIcon && !button->text.isEmpty() ? 6 : 0;
    const int menu = button->features & QStyleOptionButton::HasMenu ? 16 : 0;
    const int whole = textWidth + (hasIcon ? metrics::glyph + gap : 0) + menu;
    int left = option.rect.x() + qMax(4, (option.rect.width() - whole) / 2);
    if (hasIcon) {
        const QRect area(left, option.rect.center().y() - metrics::glyph / 2 + 1, metrics::glyph,
                         metrics::glyph);
        const QString name = widget ? widget->property("glyph").toString() : QString();
        if (name.isEmpty())
            button->icon.paint(&m_painter, area, Qt::AlignCenter,
                               isEnabled ? QIcon::Normal : QIcon::Disabled);
        else
            paintGlyph(m_painter, area, name, isFilled || !isEnabled ? color : m_tokens.muted);
        left += metrics::glyph + gap;
    }
    m_painter.setPen(color);
    const QRect text(left, option.rect.y(), option.rect.right() - left - menu + 1,
                     option.rect.height());
    m_painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, button->text);
    if (menu)
        paintGlyph(m_painter, QRect(option.rect.right() - 21, option.rect.center().y() - 6, 13, 13),
                   QStringLiteral("chevron-down"), m_tokens.muted);
}

void StylePainting::comboBox(const QStyleOptionComplex &option) const
{
    const bool isEnabled = has(option, QStyle::State_Enabled);
    box(option.rect, isEnabled ? m_tokens.surface : m_tokens.sunken(), inputBorder(option),
        metrics::radius);
    paintGlyph(m_painter, QRect(option.rect.right() - 20, option.rect.center().y() - 6, 13, 13),
               QStringLiteral("chevron-down"), isEnabled ? m_tokens.muted : m_tokens.faint);
}

void StylePainting::comboLabel(const QStyleOption &option) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(&option);
    if (!combo || combo->editable)
        return;
    QRect area = option.rect.adjusted(9, 1, -24, -1);
    if (!combo->currentIcon.isNull()) {
        combo->currentIcon.paint(&m_painter, QRect(area.x(), area.center().y() - 7, 16, 16));
        area.setLeft(area.left() + 22);
    }
    m_painter.setPen(has(option, QStyle::State_Enabled) ? m_tokens.text : m_tokens.faint);
    const QString text
        = combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, area.width());
    m_painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, text);
}

void StylePainting::spinBox(const QStyleOptionComplex &option, const QProxyStyle &style,
                            const QWidget *widget) const
{
    const bool isEnabled = has(option, QStyle::State_Enabled);
    box(option.rect, isEnabled ? m_tokens.surface : m_tokens.sunken(), inputBorder(option),
        metrics::radius);
    for (const auto part : {QStyle::SC_SpinBoxUp, QStyle::SC_SpinBoxDown}) {
        const QRect area = style.subControlRect(QStyle::CC_SpinBox, &option, part, widget);
        const bool isPressed
            = option.activeSubControls == part && has(option, QStyle::State_Sunken);
        paintGlyph(m_painter, QRect(area.center().x() - 5, area.center().y() - 4, 10, 10),
                   part == QStyle::SC_SpinBoxUp ? QStringLiteral("chevron-up")
                                                : QStringLiteral("chevron-down"),
                   isPressed ? m_tokens.accent : m_tokens.muted);
    }
}

void StylePainting::toolButton(const QStyleOptionComplex &option) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(&option);
    if (!button)
        return;
    const bool isOn = has(option, QStyle::State_On);
    const bool isEnabled = has(option, QStyle::State_Enabled);
    if (isOn)
        box(option.rect, m_tokens.selection, {}, metrics::radius);
    else if (isEnabled
             && (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken)))
        box(option.rect, m_tokens.hover(), {}, metrics::radius);
    if (hasKeyboardFocus(option))
        box(option.rect, {}, m_tokens.accent, metrics::radius);
    const bool isIconOnly
        = button->toolButtonStyle == Qt::ToolButtonIconOnly || button->text.isEmpty();
    const QIcon::Mode mode = !isEnabled        ? QIcon::Disabled
        : has(option, QStyle::State_MouseOver) ? QIcon::Active
                                               : QIcon::Normal;
    QRect area = option.rect.adjusted(8, 0, -8, 0);
    if (!button->icon.isNull()) {
        const int size = qMin(button->iconSize.width(), option.rect.height());
        const QRect place = isIconOnly
            ? QRect(option.rect.center().x() - size / 2 + 1,
                    option.rect.center().y() - size / 2 + 1, size, size)
            : QRect(area.x(), area.center().y() - size / 2 + 1, size, size);
        button->icon.paint(&m_painter, place, Qt::AlignCenter, mode, isOn ? QIcon::On : QIcon::Off);
        area.setLeft(area.left() + size + 6);
    }
    if (isIconOnly)
        return;
    m_painter.setFont(button->font);
    m_painter.setPen(isEnabled ? m_tokens.text : m_tokens.faint);
    m_painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, button->text);
}

} // namespace stormglass::ui
