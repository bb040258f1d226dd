#include "ui/shell/main_window.h"

#include "ui/shell/key_help.h"
#include "ui/shell/live_dock.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/workspace.h"
#include "ui/theme/glyph.h"
#include "ui/theme/style.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace stormglass::ui {

MainWindow::MainWindow(const std::vector<ConsoleInstance> &instances, ConsoleOptions options,
                       QWidget *parent)
    : QWidget(parent)
    , m_options(std::move(options))
    , m_memory(m_options.stateFile)
    , m_bar(new TopBar)
    , m_reachability(new NoticeBar)
    , m_notice(new NoticeBar)
    , m_rail(new NavRail)
    , m_stack(new QStackedWidget)
    , m_status(new StatusLine)
    , m_palette(new Palette([this] { return paletteEntries(); },
                            [this](const QString &id) {
                                go({QStringLiteral("executions"), id});
                            },
                            this))
    , m_keys(new KeyHelpSheet(this))
    , m_instanceMenu(new QMenu(this))
    , m_viewMenu(new QMenu(this))
{
    setWindowTitle(QStringLiteral("Stormglass"));
    setWindowIcon(productIcon());
    buildFrame();
    buildKeys();
    buildViewMenu();
    loadEngines(instances);
    resize(1440, 900);
    restoreGeometry(m_memory.geometry());
    const Engine *last = engineNamed(m_memory.lastInstance());
    showInstance(last ? last->name() : m_engines.front()->name());
}

MainWindow::~MainWindow()
{
    // Pages borrow the session of their engine, so they go first.
    delete m_stack;
}

void MainWindow::buildFrame()
{
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_reachability);
    layout->addWidget(m_notice);
    layout->addLayout(middle, 1);
    layout->addWidget(m_status);
    setMinimumSize(900, 560);
    int number = 0;
    for (const Workspace::PageInfo &info : Workspace::places()) {
        const QString key = ++number <= 9 ? QStringLiteral("Alt+%1").arg(number) : QString();
        m_rail->add(info.name, info.title, info.glyph, key);
    }
    m_bar->setInstanceMenu(m_instanceMenu);
    m_bar->setViewMenu(m_viewMenu);
    connect(m_rail, &NavRail::chosen, this, [this](const QString &name) { go({name}); });
    connect(m_bar, &TopBar::pageWanted, this, [this] { go({m_workspace->page()->name()}); });
    connect(m_bar, &TopBar::paletteWanted, m_palette, &Palette::open);
    connect(m_bar, &TopBar::helpWanted, this, &MainWindow::showKeys);
    connect(&m_bar->filter(), &FilterField::edited, this, &MainWindow::applyFilterText);
    connect(&m_bar->filter(), &FilterField::left, this,
            [this] { m_workspace->page()->setFocus(); });
    connect(m_status, &StatusLine::placeWanted, this, &MainWindow::go);
    connect(m_status, &StatusLine::dockToggled, this, &MainWindow::toggleDock);
    connect(m_status, &StatusLine::zoneMenuWanted, this, [this](const QPoint &place) {
        m_viewMenu->popup(place - QPoint(0, m_viewMenu->sizeHint().height()));
    });
    connect(m_instanceMenu, &QMenu::aboutToShow, this, &MainWindow::fillInstanceMenu);
}

void MainWindow::buildKeys()
{
    const auto key = [this](const QKeySequence &keys, auto act) {
        auto *shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    int number = 0;
    for (const Workspace::PageInfo &info : Workspace::places()) {
        if (++number <= 9)
            key(QKeySequence(QStringLiteral("Alt+%1").arg(number)),
                [this, name = info.name] { go({name}); });
    }
    key(QKeySequence(QStringLiteral("Ctrl+K")), [this] { m_palette->open(); });
    key(QKeySequence(QStringLiteral("Ctrl+J")), [this] { toggleDock(); });
    key(QKeySequence(QStringLiteral("Ctrl+F")), [this] { m_bar->filter().setFocus(); });
    key(QKeySequence(QStringLiteral("/")), [this] { m_bar->filter().setFocus(); });
    key(QKeySequence(QStringLiteral("?")), [this] { showKeys(); });
    key(QKeySequence(QStringLiteral("Alt+Left")), [this] { m_workspace->goBack(); });
    key(QKeySequence(Qt::Key_Escape), [this] { handleEscape(); });
    key(QKeySequence::Quit, [this] { emit quitWanted(); });
}

QList<KeyHelp> MainWindow::keysEverywhere() const
{
    return {{QStringLiteral("Ctrl K"), tr("Go anywhere, do anything")},
            {QStringLiteral("Alt 1 \u2026 %1")
                 .arg(qMin(9, static_cast<int>(Workspace::places().size()))),
             tr("To a place")},
            {QStringLiteral("/"), tr("To the filter")},
            {QStringLiteral("Alt \u2190"), tr("Back to where one was")},
            {QStringLiteral("Ctrl J"), tr("Open and close the live dock")},
            {QStringLiteral("Esc"), tr("Out of the field, out of the sheet, back")},
            {QStringLiteral("?"), tr("These keys")},
            {QStringLiteral("Ctrl Q"), tr("Quit")}};
}

void MainWindow::go(const Place &place)
{
    m_workspace->go(place);
}

void MainWindow::toggleDock()
{
    m_workspace->dock().setVisible(!m_workspace->dock().isVisible());
}

void MainWindow::showKeys()
{
    m_keys->show(m_workspace->page()->title(), m_workspace->page()->keys(), keysEverywhere());
}

// Out of a sheet, out of a field into its page, from a page back to where one was.
void MainWindow::handleEscape()
{
    for (Overlay *sheet : {static_cast<Overlay *>(m_palette), static_cast<Overlay *>(m_keys)}) {
        if (sheet->isVisible()) {
            sheet->close();
            return;
        }
    }
    const QWidget *focus = QApplication::focusWidget();
    if (focus && focus != m_workspace->page() && focus->inherits("QLineEdit"))
        m_workspace->page()->setFocus();
    else
        m_workspace->goBack();
}

void MainWindow::refreshBar()
{
    Page *page = m_workspace->page();
    m_rail->setCurrent(page->name());
    m_bar->setCrumbs(QStringList{page->title()} + page->crumbs());
    FilterField &filter = m_bar->filter();
    const bool canFilter = !page->filterHint().isEmpty();
    filter.setVisible(canFilter);
    filter.setPlaceholderText(page->filterHint());
    if (filter.text() != page->filterText())
        filter.setText(page->filterText());
    const ParsedFilter parsed = parseFilter(page->filterText());
    filter.setTint(static_cast<FilterField::Tint>(parsed.state), parsed.message, parsed.column);
    filter.setSuggest([page](const QString &before) {
        return filterSuggestions(before, page->filterFields(), page->filterValues());
    });
}

void MainWindow::applyFilterText(const QString &text)
{
    const ParsedFilter parsed = m_workspace->page()->setFilterText(text);
    m_bar->filter().setTint(static_cast<FilterField::Tint>(parsed.state), parsed.message,
                            parsed.column);
}

void MainWindow::refreshState()
{
    m_bar->setInstance(m_engine->name(), m_engine->entry.kind, m_engine->instance->state());
    setWindowTitle(QStringLiteral("%1 \u2014 Stormglass").arg(m_engine->name()));
    showReachability();
}

void MainWindow::setTheme(const QString &theme)
{
    m_memory.setTheme(theme);
    m_options.theme.clear();
    const Scheme scheme = theme == QLatin1String("dark") ? Scheme::Dark
        : theme == QLatin1String("light")                ? Scheme::Light
                                                         : systemScheme();
    const QString density = m_memory.density();
    applyTheme(*qApp, scheme,
               density == QLatin1String("compact")     ? Density::Compact
                   : density == QLatin1String("roomy") ? Density::Roomy
                                                       : Density::Normal);
    buildViewMenu();
}

void MainWindow::setDensity(const QString &density)
{
    m_memory.setDensity(density);
    setTheme(m_memory.theme());
}

void MainWindow::setZone(const QString &id)
{
    m_memory.setZone(id);
    const QTimeZone zone = id.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(id.toLatin1());
    for (const auto &engine : m_engines) {
        if (engine->opened)
            engine->opened->session->setZone(zone.isValid() ? zone : QTimeZone::utc());
    }
    buildViewMenu();
}

void MainWindow::buildViewMenu()
{
    m_viewMenu->clear();
    const auto choice
        = [this](const QString &text, const QString &current, const QString &value, auto act) {
              QAction *action = m_viewMenu->addAction(text, this, [act, value] { act(value); });
              action->setCheckable(true);
              action->setChecked(current == value);
          };
    const auto theme = [this](const QString &value) { setTheme(value); };
    choice(tr("As the system has it"), m_memory.theme(), {}, theme);
    choice(tr("Light"), m_memory.theme(), QStringLiteral("light"), theme);
    choice(tr("Dark"), m_memory.theme(), QStringLiteral("dark"), theme);
    m_viewMenu->addSeparator();
    const auto density = [this](const QString &value) { setDensity(value); };
    choice(tr("Compact rows"), m_memory.density(), QStringLiteral("compact"), density);
    choice(tr("Normal rows"), m_memory.density(), QStringLiteral("normal"), density);
    choice(tr("Roomy rows"), m_memory.density(), QStringLiteral("roomy"), density);
    m_viewMenu->addSeparator();
    const auto zone = [this](const QString &value) { setZone(value); };
    choice(tr("Times of this machine"), m_memory.zone(), {}, zone);
    choice(tr("Times in UTC"), m_memory.zone(), QStringLiteral("UTC"), zone);
    m_viewMenu->addSeparator();
    m_viewMenu->addAction(tr("Live dock"), this, &MainWindow::toggleDock);
}

} // namespace stormglass::ui
