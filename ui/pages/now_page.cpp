#include "ui/pages/now_page.h"

#include "ui/models/times.h"
#include "ui/pages/brief_list.h"
#include "ui/pages/welcome_card.h"
#include "ui/theme/style.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/charts.h"
#include "ui/widgets/states.h"
#include "ui/widgets/text.h"

#include <QEvent>
#include <QGridLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>

namespace stormglass::ui {

namespace {

constexpr int tileWidth = 360;

} // namespace

NowPage::NowPage(Session &session, QWidget *parent)
    : Page(session, QStringLiteral("now"), parent)
    , m_executions(session.connection, session.feed)
    , m_arrivals(session.connection, session.feed, session.triggerNames)
    , m_welcome(new WelcomeCard(session, m_arrivals))
    , m_error(new ErrorBanner)
    , m_grid(new QGridLayout)
    , m_rate(new Text({}, Face::Title))
    , m_rateNote(new Text({}, Face::Body, Tone::Muted))
    , m_line(new Sparkline(tr("Events a second, over two minutes")))
    , m_bars(new StackedBars(tr("Executions of the last hour")))
    , m_barsNote(new Text({}, Face::Body, Tone::Muted))
{
    auto *inside = new Ground(Ground::Kind::Background);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addWidget(m_error);
    column->addWidget(m_welcome);
    column->addLayout(m_grid);
    column->addStretch(1);
    m_grid->setSpacing(16);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::StrongFocus);
    scroll->setAccessibleName(tr("Tiles"));
    setFocusProxy(scroll);
    scroll->setWidget(inside);
    m_scroll = scroll;
    tintBars();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    m_welcome->hide();
    buildTiles();
    noteKey(QStringLiteral("Tab"), tr("From tile to tile"));
    noteKey(QStringLiteral("Enter"), tr("Open what a tile shows"));
    listen();
}

void NowPage::listen()
{
    connect(m_welcome, &WelcomeCard::placeWanted, this, &Page::placeWanted);
    connect(m_welcome, &WelcomeCard::dismissed, this, [this] {
        m_isDismissed = true;
        m_welcome->hide();
    });
    connect(&session().pulse, &Pulse::beaten, this, &NowPage::refresh);
    connect(&session().pulse, &Pulse::statsChanged, this, &NowPage::refresh);
    connect(&m_executions, &LiveModel::loadingChanged, this, &NowPage::refresh);
    connect(&m_executions, &LiveModel::countsChanged, this, &NowPage::lookFurther);
    connect(&m_arrivals, &LiveModel::loadingChanged, this, &NowPage::refresh);
    connect(&session().connection, &Connection::stateChanged, this, [this] {
        if (!session().connection.isReady() || m_arrivals.loading() == Loading::Idle)
            return;
        m_executions.load();
        m_arrivals.load();
    });
    connect(&session().sensors, &CatalogueModel::loadingChanged, this, &NowPage::refresh);
    connect(m_error, &ErrorBanner::retried, this, [this] { session().pulse.start(); });
}

Card *NowPage::tile(const QString &title, const QString &page, QWidget *content,
                    const QString &filter)
{
    // The grid takes it once the page's width is known, which it may never be.
    auto *card = new Card(title, m_scroll->widget());
    auto *open = new IconButton(QStringLiteral("arrow-right"), tr("Open: %1").arg(title));
    connect(open, &QAbstractButton::clicked, this, [this, page, filter] {
        emit placeWanted({page, {}, filter});
    });
    card->addToHead(open);
    card->body()->addWidget(content);
    m_tiles.append(card);
    return card;
}

BriefList *NowPage::brief(const QString &name)
{
    auto *list = new BriefList(name);
    list->reserve(5);
    connect(list, &BriefList::placeWanted, this, &Page::placeWanted);
    return list;
}

void NowPage::buildTiles()
{
    auto *rate = new QWidget;
    auto *rateLayout = new QVBoxLayout(rate);
    rateLayout->setContentsMargins(0, 0, 0, 0);
    rateLayout->setSpacing(2);
    rateLayout->addWidget(m_rate);
    rateLayout->addWidget(m_rateNote);
    rateLayout->addSpacing(6);
    rateLayout->addWidget(m_line, 1);
    m_line->setMinimumHeight(56);
    auto *bars = new QWidget;
    auto *barsLayout = new QVBoxLayout(bars);
    barsLayout->setContentsMargins(0, 0, 0, 0);
    barsLayout->setSpacing(8);
    barsLayout->addWidget(m_barsNote);
    barsLayout->addWidget(m_bars, 1);
    m_bars->setMinimumHeight(96);
    m_bars->setTones({Tone::Good, Tone::Bad, Tone::Accent, Tone::Faint});
    m_bars->setEnds(tr("an hour ago"), tr("now"));
    m_engine = brief(tr("Engine"));
    m_slowest = brief(tr("Slowest actions"));
    m_rules = brief(tr("Rules at work"));
    m_failures = brief(tr("Latest failures"));
    m_sensors = brief(tr("Sensors"));
    m_events = brief(tr("Latest events"));
    tile(tr("Events"), QStringLiteral("events"), rate);
    tile(tr("Executions, last hour"), QStringLiteral("executions"), bars);
    tile(tr("Latest failures"), QStringLiteral("executions"), m_failures,
         QStringLiteral("status in (failed, timeout, abandoned)"));
    tile(tr("Latest events"), QStringLiteral("events"), m_events);
    tile(tr("Rules at work"), QStringLiteral("rules"), m_rules);
    tile(tr("Sensors"), QStringLiteral("sensors"), m_sensors);
    tile(tr("Slowest actions"), QStringLiteral("executions"), m_slowest);
    auto *engine = new Card(tr("Engine"), m_scroll->widget());
    engine->body()->addWidget(m_engine);
    m_tiles.append(engine);
    for (BriefList *list : {m_engine, m_slowest, m_rules, m_failures, m_sensors, m_events}) {
        auto *card = qobject_cast<Card *>(list->parentWidget());
        if (card)
            card->body()->setContentsMargins(8, 0, 8, 12);
    }
}

void NowPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    arrange();
}

void NowPage::arrange()
{
    const int columns = qBound(1, (width() - 40) / tileWidth, 4);
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int column = 0; column < 4; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    int cell = 0;
    for (Card *tile : std::as_const(m_tiles)) {
        // With three columns the chart takes two of them, and the last row is full.
        const int span = columns == 3 && tile == m_tiles.value(1) ? 2 : 1;
        m_grid->addWidget(tile, cell / columns, cell % columns, 1, span);
        cell += span;
    }
}

// The scroll bar lies on the page's own ground.
void NowPage::tintBars()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Window, tokensOf(this).background);
    m_scroll->verticalScrollBar()->setPalette(colors);
}

void NowPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_scroll)
        tintBars();
}

void NowPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_executions.setActive(true);
    m_arrivals.setActive(true);
    refresh();
}

bool NowPage::isSettled() const
{
    return m_executions.loading() != Loading::Busy
        && (coversTheHour() || m_executions.loading() == Loading::Failed)
        && m_arrivals.loading() != Loading::Busy
        && (!session().pulse.stats().isNull() || !session().pulse.failure().isEmpty());
}

void NowPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("welcomeDismissed"), m_isDismissed);
}

void NowPage::restore(const QSettings &settings)
{
    m_isDismissed = settings.value(QStringLiteral("welcomeDismissed")).toBool();
}

} // namespace stormglass::ui
