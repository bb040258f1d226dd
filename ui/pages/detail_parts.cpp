#include "ui/pages/detail_parts.h"

#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"

#include <QEvent>
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
    , m_top(new QHBoxLayout)
    , m_bottom(new QHBoxLayout)
{
    m_name->setElide(Qt::ElideMiddle);
    m_name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_actions->setSpacing(6);
    m_top->setSpacing(10);
    m_top->addWidget(m_name);
    m_top->addWidget(m_chip);
    m_top->addStretch(1);
    m_top->addLayout(m_actions);
    m_bottom->setSpacing(8);
    m_bottom->addWidget(m_line, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 12, 10);
    layout->setSpacing(2);
    layout->addLayout(m_top);
    layout->addLayout(m_bottom);
}

bool DetailHead::event(QEvent *event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        arrange();
    return done;
}

// Where the name would be cut short, the state goes below.
void DetailHead::arrange()
{
    const QMargins margins = layout()->contentsMargins();
    const int wanted = m_name->sizeHint().width() + m_chip->sizeHint().width()
        + m_actions->sizeHint().width() + 3 * m_top->spacing();
    const bool isTight = wanted > width() - margins.left() - margins.right();
    if (isTight == m_isTight)
        return;
    m_isTight = isTight;
    (isTight ? m_top : m_bottom)->removeWidget(m_chip);
    if (isTight)
        m_bottom->insertWidget(0, m_chip);
    else
        m_top->insertWidget(1, m_chip);
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

namespace {

// Brings the first word of a tab under the words above; without height, because a line is drawn at
// its foot.
class Gap final : public QWidget
{
public:
    QSize sizeHint() const override { return {6, 0}; }
};

} // namespace

void prepareTabs(QTabWidget &tabs)
{
    tabs.setDocumentMode(true);
    tabs.tabBar()->setExpanding(false);
    auto *gap = new Gap;
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
