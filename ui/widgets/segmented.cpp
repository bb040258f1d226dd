#include "ui/widgets/segmented.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

namespace stormglass::ui {

namespace {

class Segment final : public QAbstractButton
{
public:
    Segment(const QString &text, QString glyph, Tone tone, QWidget *parent)
        : QAbstractButton(parent)
        , m_glyph(std::move(glyph))
        , m_tone(tone)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setAccessibleName(text);
    }

    QSize sizeHint() const override
    {
        const int glyph = m_glyph.isEmpty() ? 0 : 20;
        return QSize(QFontMetrics(fonts::strong()).horizontalAdvance(text()) + 24 + glyph,
                     metrics::control);
    }

    bool isFirst = false;
    bool isLast = false;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QColor ground = isChecked() ? tokens.soft(m_tone == Tone::Text ? Tone::Accent : m_tone)
                                    : tokens.raised;
        if (!isChecked() && isEnabled() && underMouse())
            ground = mixed(tokens.text, tokens.raised, 0.05);
        painter.fillPath(outline(), ground);
        painter.setPen(QPen(hasFocus() ? tokens.accent : tokens.strongLine(), 1));
        painter.drawPath(outline());
        paintLabel(painter, tokens);
    }

private:
    // A neighbour's left border is this one's right border.
    QPainterPath outline() const
    {
        const qreal r = metrics::radius;
        QRectF area = QRectF(rect()).adjusted(0.5, 0.5, isLast ? -0.5 : 0.5, -0.5);
        QPainterPath path;
        path.setFillRule(Qt::WindingFill);
        path.addRoundedRect(area, r, r);
        if (!isFirst)
            path.addRect(QRectF(area.left(), area.top(), r, area.height()));
        if (!isLast)
            path.addRect(QRectF(area.right() - r, area.top(), r, area.height()));
        return path.simplified();
    }

    void paintLabel(QPainter &painter, const Tokens &tokens) const
    {
        const QFont font = isChecked() ? fonts::strong() : fonts::text();
        QColor color = isChecked() ? tokens.of(m_tone) : tokens.text;
        if (!isEnabled())
            color = tokens.faint;
        const int textWidth = QFontMetrics(font).horizontalAdvance(text());
        const int glyph = m_glyph.isEmpty() ? 0 : 20;
        int left = (width() - textWidth - glyph) / 2;
        if (glyph)
            paintGlyph(painter, QRect(left, (height() - 15) / 2, 15, 15), m_glyph,
                       isChecked() ? color : tokens.muted);
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(QRect(left + glyph, 0, width() - left - glyph, height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text());
    }

    QString m_glyph;
    Tone m_tone;
};

} // namespace

Segmented::Segmented(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_layout(new QHBoxLayout(this))
{
    setAccessibleName(name);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

void Segmented::add(const QString &text, const QString &glyph, Tone tone)
{
    auto *segment = new Segment(text, glyph, tone, this);
    const auto count = static_cast<int>(m_group->buttons().size());
    segment->isFirst = count == 0;
    segment->isLast = true;
    if (count > 0)
        static_cast<Segment *>(m_group->button(count - 1))->isLast = false;
    m_group->addButton(segment, count);
    m_layout->addWidget(segment);
    if (count == 0)
        segment->setChecked(true);
}

int Segmented::current() const
{
    return m_group->checkedId();
}

void Segmented::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

void Segmented::setSegmentText(int index, const QString &text)
{
    QAbstractButton *button = m_group->button(index);
    if (!button || button->text() == text)
        return;
    button->setText(text);
    button->setAccessibleName(text);
    button->updateGeometry();
}

} // namespace stormglass::ui
