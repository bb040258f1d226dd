#pragma once

#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QPushButton>
#include <QToolButton>

namespace stormglass::ui {

enum class Emphasis { Normal, Primary, Danger, Quiet };

// A push button with an icon of ours and a weight.
class Button : public QPushButton
{
    Q_OBJECT

public:
    explicit Button(const QString &text, const QString &glyph = {},
                    Emphasis emphasis = Emphasis::Normal, QWidget *parent = nullptr);
    void setGlyph(const QString &glyph);
};

// An icon alone; `name` is what it is called, for the tool tip and for those who cannot see it.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    IconButton(const QString &glyph, const QString &name, QWidget *parent = nullptr);
    void setGlyph(const QString &glyph, Tone tone = Tone::Muted);
    void setName(const QString &name);
};

// Text that goes somewhere.
class LinkButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit LinkButton(const QString &text = {}, QWidget *parent = nullptr);
    void setLinkText(const QString &text);
    // As a name that happens to lead somewhere, not as a link among words.
    void setQuiet() { m_isQuiet = true; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont face() const;
    bool m_isQuiet = false;
};

} // namespace stormglass::ui
