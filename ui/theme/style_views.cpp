#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style_painting.h"

#include <QFrame>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>

namespace stormglass::ui {

namespace {

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

} // namespace

void StylePainting::branch(const QStyleOption &option) const
{
    if (!has(option, QStyle::State_Children))
        return;
    const QRect area(option.rect.center().x() - 6, option.rect.center().y() - 6, 13, 13);
    paintGlyph(m_painter, area,
               has(option, QStyle::State_Open) ? QStringLiteral("chevron-down")
                                               : QStringLiteral("chevron-right"),
               has(option, QStyle::State_MouseOver) ? m_tokens.text : m_tokens.faint);
}

void StylePainting::itemGround(const QStyleOption &option) const
{
    if (has(option, QStyle::State_Selected))
        m_painter.fillRect(option.rect, m_tokens.selection);
    else if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        m_painter.fillRect(option.rect, m_tokens.hover());
}

void StylePainting::headerGround(const QStyleOption &option) const
{
    m_painter.fillRect(option.rect, m_tokens.surface);
    m_painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                       m_tokens.line);
    if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        m_painter.fillRect(
            QRect(option.rect.right(), option.rect.top() + 7, 1, option.rect.height() - 14),
            m_tokens.line);
}

// With the arrow behind the name, or before it where it stands at the right. Qt asks no proxy where
// it belongs.
void StylePainting::headerLabel(const QStyleOption &option) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(&option);
    if (!header)
        return;
    m_painter.setFont(fonts::label());
    m_painter.setPen(m_tokens.faint);
    const QFontMetrics measure(fonts::label());
    const QString text = measure.elidedText(header->text, Qt::ElideRight, option.rect.width());
    m_painter.drawText(option.rect, static_cast<int>(header->textAlignment) | Qt::AlignVCenter,
                       text);
    if (header->sortIndicator == QStyleOptionHeader::None)
        return;
    const int width = measure.horizontalAdvance(text);
    const bool isRight = header->textAlignment.testFlag(Qt::AlignRight);
    const int left = isRight ? option.rect.right() - width - 17 : option.rect.left() + width + 3;
    const bool isUp = header->sortIndicator == QStyleOptionHeader::SortUp;
    paintGlyph(m_painter, QRect(left, option.rect.center().y() - 6, 14, 14),
               isUp ? QStringLiteral("sort-down") : QStringLiteral("sort-up"), m_tokens.muted);
}

void StylePainting::popup(const QStyleOption &option) const
{
    m_painter.fillRect(option.rect, m_tokens.raised);
    m_painter.setPen(m_tokens.strongLine());
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
}

void StylePainting::frame(const QStyleOption &option) const
{
    const auto *frameOption = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    if (!frameOption || frameOption->lineWidth == 0)
        return;
    if (frameOption->frameShape == QFrame::HLine || frameOption->frameShape == QFrame::VLine) {
        const bool isFlat = frameOption->frameShape == QFrame::HLine;
        const QRect line = isFlat
            ? QRect(option.rect.x(), option.rect.center().y(), option.rect.width(), 1)
            : QRect(option.rect.center().x(), option.rect.y(), 1, option.rect.height());
        m_painter.fillRect(line, m_tokens.line);
        return;
    }
    box(option.rect, {}, m_tokens.line, metrics::radius);
}

void StylePainting::tabBase(const QStyleOption &option) const
{
    // Of a corner without height, whose line would lie beside that of the tabs.
    if (option.rect.isEmpty())
        return;
    m_painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                       m_tokens.line);
}

void StylePainting::tabGround(const QStyleOption &option) const
{
    const QRect base(option.rect.left(), option.rect.bottom(), option.rect.width(), 1);
    m_painter.fillRect(base, m_tokens.line);
    if (has(option, QStyle::State_Selected))
        box(QRect(option.rect.left() + 8, option.rect.bottom() - 1, option.rect.width() - 16, 2),
            m_tokens.accent, {}, 1);
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange))
        box(option.rect.adjusted(2, 5, -2, -5), {}, m_tokens.accent, metrics::radius);
}

void StylePainting::tabLabel(const QStyleOption &option) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(&option);
    if (!tab)
        return;
    const bool isSelected = has(option, QStyle::State_Selected);
    const bool isEnabled = has(option, QStyle::State_Enabled);
    m_painter.setFont(isSelected ? fonts::strong() : fonts::text());
    m_painter.setPen(!isEnabled                                               ? m_tokens.faint
                         : isSelected || has(option, QStyle::State_MouseOver) ? m_tokens.text
                                                                              : m_tokens.muted);
    m_painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic, tab->text);
}

void StylePainting::splitter(const QStyleOption &option) const
{
    m_painter.fillRect(
        option.rect, has(option, QStyle::State_MouseOver) ? m_tokens.strongLine() : m_tokens.line);
}

void StylePainting::menuItem(const QStyleOption &option) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(&option);
    if (!item)
        return;
    const QRect row = option.rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        m_painter.fillRect(QRect(row.x() + 4, row.center().y(), row.width() - 8, 1), m_tokens.line);
        return;
    }
    const bool isEnabled = has(option, QStyle::State_Enabled);
    if (isEnabled && has(option, QStyle::State_Selected))
        box(row.adjusted(4, 0, -4, 0), m_tokens.selection, {}, metrics::radius - 1);
    const QRect mark(row.x() + 12, row.center().y() - 7, 16, 16);
    if (item->checked)
        paintGlyph(m_painter, mark, QStringLiteral("check"), m_tokens.accent);
    else if (!item->icon.isNull())
        item->icon.paint(&m_painter, mark, Qt::AlignCenter,
                         isEnabled ? QIcon::Normal : QIcon::Disabled);
    const QStringList parts = item->text.split(QLatin1Char('\t'));
    m_painter.setFont(item->font);
    m_painter.setPen(isEnabled ? m_tokens.text : m_tokens.faint);
    const QRect text = row.adjusted(38, 0, -16, 0);
    m_painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic,
                       parts.first());
    if (parts.size() > 1) {
        m_painter.setPen(m_tokens.faint);
        m_painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, parts.last());
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        paintGlyph(m_painter, QRect(row.right() - 22, row.center().y() - 6, 13, 13),
                   QStringLiteral("chevron-right"), m_tokens.faint);
}

void StylePainting::progressGroove(const QStyleOption &option) const
{
    const QRect bar(option.rect.x(), option.rect.center().y() - 2, option.rect.width(), 4);
    box(bar, m_tokens.soft(Tone::Muted), {}, 2);
}

void StylePainting::progressContents(const QStyleOption &option) const
{
    const auto *progress = qstyleoption_cast<const QStyleOptionProgressBar *>(&option);
    if (!progress)
        return;
    const int range = progress->maximum - progress->minimum;
    const double part
        = range > 0 ? static_cast<double>(progress->progress - progress->minimum) / range : 0.35;
    const QRect bar(option.rect.x(), option.rect.center().y() - 2,
                    qRound(option.rect.width() * part), 4);
    box(bar, m_tokens.accent, {}, 2);
}

void StylePainting::scrollBar(const QStyleOptionComplex &option, const QProxyStyle &style,
                              const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(&option);
    if (!slider)
        return;
    m_painter.fillRect(option.rect, option.palette.color(QPalette::Window));
    if (slider->maximum <= slider->minimum)
        return;
    const QRect thumb
        = style.subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, widget);
    const bool isHeld = has(option, QStyle::State_Sunken) || has(option, QStyle::State_MouseOver);
    const bool isFlat = slider->orientation == Qt::Horizontal;
    const QRect inner = isFlat ? thumb.adjusted(2, 3, -2, -2) : thumb.adjusted(3, 2, -2, -2);
    box(inner, mixed(m_tokens.text, m_tokens.surface, isHeld ? 0.34 : 0.18), {}, 2.5);
}

} // namespace stormglass::ui
