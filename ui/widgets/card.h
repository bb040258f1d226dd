#pragma once

#include <QFrame>

class QHBoxLayout;
class QVBoxLayout;

namespace stormglass::ui {

class Text;

// A raised sheet with round corners; with a title there is a head, and things may stand at its
// right.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    // At the right of the head.
    void addToHead(QWidget *widget);
    // What the card holds; its margins are already right.
    QVBoxLayout *body() const { return m_body; }
    // Without margins, for lists that reach the border.
    void setFlush();
    // The whole card is a button: it lights up under the pointer and says `activated`.
    void setActivatable(const QString &name);

signals:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *m_head;
    Text *m_title;
    QHBoxLayout *m_headLayout;
    QVBoxLayout *m_body;
    bool m_isActivatable = false;
};

// A thin line across.
class Divider : public QWidget
{
    Q_OBJECT

public:
    explicit Divider(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

// A ground of one of the theme's plain colours, with a border where asked.
class Ground : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Background, Surface, Rail, Sunken };
    enum Border { None = 0, Top = 1, Bottom = 2, Left = 4, Right = 8 };

    explicit Ground(Kind kind, int borders = None, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
    int m_borders;
};

} // namespace stormglass::ui
