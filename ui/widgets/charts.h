#pragma once

#include "ui/theme/tokens.h"

#include <QList>
#include <QRect>
#include <QString>
#include <QWidget>

class QPainter;

namespace stormglass::ui {

// A line without axes, filled faintly below. The newest value is the last.
void paintSparkline(QPainter &painter, const QRect &area, const QList<double> &values,
                    const QColor &color);

class Sparkline : public QWidget
{
    Q_OBJECT

public:
    explicit Sparkline(const QString &name, QWidget *parent = nullptr);
    void setValues(const QList<double> &values);
    void setTone(Tone tone);
    QSize sizeHint() const override { return {72, 20}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<double> m_values;
    Tone m_tone = Tone::Accent;
};

// One column of a stacked chart, lowest part first.
struct Stack
{
    QList<double> parts;
    QString label;
};

// Columns over time, one colour a part.
class StackedBars : public QWidget
{
    Q_OBJECT

public:
    explicit StackedBars(const QString &name, QWidget *parent = nullptr);
    void setTones(const QList<Tone> &tones) { m_tones = tones; }
    void setStacks(const QList<Stack> &stacks);
    // What stands under the left and the right end.
    void setEnds(const QString &left, const QString &right);
    QSize sizeHint() const override { return {240, 96}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Stack> m_stacks;
    QList<Tone> m_tones;
    QString m_left;
    QString m_right;
};

} // namespace stormglass::ui
