#pragma once

#include "ui/theme/tokens.h"

#include <QLabel>

namespace stormglass::ui {

enum class Face { Body, Strong, Small, Label, Heading, Title, Code };

// A label whose text is always plain, in a face and a tone of the theme.
class Text : public QLabel
{
    Q_OBJECT

public:
    explicit Text(const QString &text = {}, Face face = Face::Body, Tone tone = Tone::Text,
                  QWidget *parent = nullptr);

    // Shows this, or nothing at all, without room for it.
    void say(const QString &text);
    void setTone(Tone tone);
    void setFace(Face face);
    // Lets a person mark and copy it with the mouse and the keyboard.
    void setCopyable();
    void setWrapping();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    Face m_face;
    Tone m_tone;
};

// One line that gives way: shows as much as fits, the whole of it on hover.
class ElidedText : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedText(const QString &text = {}, Face face = Face::Body, Tone tone = Tone::Text,
                        QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const { return m_text; }
    void setTone(Tone tone);
    void setElide(Qt::TextElideMode mode);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    Face m_face;
    Tone m_tone;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

QFont fontOf(Face face);

} // namespace stormglass::ui
