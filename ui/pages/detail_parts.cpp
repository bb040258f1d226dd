#include "ui/pages/detail_parts.h"

#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"

#include <QHBoxLayout>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace stormglass::ui {

DetailHead::DetailHead(QWidget *parent)
    : QWidget(parent)
    , m_name(new ElidedText({}, Face::Heading))
    , m_line(new ElidedText({}, Face::Body, Tone::Muted))
    , m_chip(new Chip)
    , m_actions(new QHBoxLayout)
{
    m_name->setElide(Qt::ElideMiddle);
    m_name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_actions->setSpacing(6);
    auto *top = new QHBoxLayout;
    top->setSpacing(10);
    top->addWidget(m_name);
    top->addWidget(m_chip);
    top->addStretch(1);
    top->addLayout(m_actions);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 12, 10);
    layout->setSpacing(2);
    layout->addLayout(top);
    layout->addWidget(m_line);
}

void DetailHead::setName(const QString &name)
{
    m_name->setText(name);
}

QString DetailHead::name() const
{
    return m_name->text();
}

void DetailHead::setLine(const QString &line)
{
    m_line->setText(line);
}

void DetailHead::addAction(QWidget *button)
{
    m_actions->addWidget(button);
}

DetailScroll::DetailScroll(QWidget *parent)
    : QScrollArea(parent)
    , m_body(new QVBoxLayout)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *inside = new QWidget;
    inside->setLayout(m_body);
    m_body->setContentsMargins(16, 4, 16, 16);
    m_body->setSpacing(8);
    setWidget(inside);
}

void prepareTabs(QTabWidget &tabs)
{
    tabs.setDocumentMode(true);
    tabs.tabBar()->setExpanding(false);
    auto *gap = new QWidget;
    // Without height, because a line is drawn at its foot.
    gap->setFixedSize(8, 0);
    tabs.setCornerWidget(gap, Qt::TopLeftCorner);
    gap->show();
}

Text *sectionTitle(const QString &title)
{
    auto *text = new Text(title, Face::Label, Tone::Faint);
    text->setContentsMargins(0, 8, 0, 0);
    return text;
}

} // namespace stormglass::ui
