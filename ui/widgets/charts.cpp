#include "ui/widgets/charts.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <numeric>

namespace stormglass::ui {

namespace {

// As many points as there are pixels: the highest of each slice, so that a peak is never lost.
QList<double> thinned(const QList<double> &values, qsizetype limit)
{
    if (limit <= 0 || values.size() <= limit)
        return values;
    QList<double> result;
    for (qsizetype i = 0; i < limit; ++i) {
        const auto from = values.begin() + i * values.size() / limit;
        const auto to = values.begin() + (i + 1) * values.size() / limit;
        result.append(*std::max_element(from, std::max(from + 1, to)));
    }
    return result;
}

double sum(const QList<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

void paintSparkline(QPainter &painter, const QRect &area, const QList<double> &all,
                    const QColor &color)
{
    const QList<double> values = thinned(all, area.width() / 2);
    if (values.size() < 2)
        return;
    const double top = std::max(1e-9, *std::max_element(values.begin(), values.end()));
    const QRectF inner = QRectF(area).adjusted(1, 2, -1, -1.5);
    QPolygonF line;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const double x = inner.left()
            + inner.width() * static_cast<double>(i) / static_cast<double>(values.size() - 1);
        line.append(QPointF(x, inner.bottom() - inner.height() * std::max(0.0, values[i]) / top));
    }
    QPolygonF below = line;
    below.append(inner.bottomRight());
    below.append(inner.bottomLeft());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = color;
    fill.setAlphaF(0.13F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(below);
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.restore();
}

Sparkline::Sparkline(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void Sparkline::setValues(const QList<double> &values)
{
    m_values = values;
    update();
}

void Sparkline::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSparkline(painter, rect(), m_values, tokensOf(this).of(m_tone));
}

StackedBars::StackedBars(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void StackedBars::setStacks(const QList<Stack> &stacks)
{
    m_stacks = stacks;
    update();
}

void StackedBars::setEnds(const QString &left, const QString &right)
{
    m_left = left;
    m_right = right;
    update();
}

void StackedBars::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    const int legend = m_left.isEmpty() && m_right.isEmpty() ? 0 : 18;
    const QRect chart = rect().adjusted(0, 2, 0, -legend);
    double top = 1;
    for (const Stack &stack : m_stacks)
        top = std::max(top, sum(stack.parts));
    const double step = m_stacks.isEmpty()
        ? 1
        : static_cast<double>(chart.width()) / static_cast<double>(m_stacks.size());
    for (qsizetype i = 0; i < m_stacks.size(); ++i) {
        const int left = chart.left() + qRound(step * static_cast<double>(i));
        const int width
            = qMax(1, chart.left() + qRound(step * static_cast<double>(i + 1)) - left - 2);
        painter.fillRect(QRect(left, chart.bottom() - 1, width, 2), tokens.line);
        double below = 0;
        for (qsizetype part = 0; part < m_stacks[i].parts.size(); ++part) {
            const double value = m_stacks[i].parts[part];
            const int bottom = chart.bottom() + 1 - qRound(below / top * chart.height());
            below += value;
            const int upper = chart.bottom() + 1 - qRound(below / top * chart.height());
            if (value > 0)
                painter.fillRect(
                    QRect(left, qMin(upper, bottom - 2), width, qMax(2, bottom - upper)),
                    tokens.of(m_tones.value(part, Tone::Faint)));
        }
    }
    if (!legend)
        return;
    painter.setFont(fonts::small());
    painter.setPen(tokens.faint);
    const QRect below(0, height() - legend + 2, width(), legend - 2);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, m_left);
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, m_right);
}

} // namespace stormglass::ui
