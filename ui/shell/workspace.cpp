#include "ui/shell/workspace.h"

#include "ui/pages/actions_page.h"
#include "ui/pages/events_page.h"
#include "ui/pages/executions_page.h"
#include "ui/pages/now_page.h"
#include "ui/pages/packs_page.h"
#include "ui/pages/rules_page.h"
#include "ui/pages/sensors_page.h"
#include "ui/shell/live_dock.h"

#include <QCoreApplication>
#include <QSettings>
#include <QStackedWidget>

namespace stormglass::ui {

namespace {

constexpr qsizetype remembered = 50;

QString title(const char *text)
{
    return QCoreApplication::translate("Workspace", text);
}

} // namespace

const QList<Workspace::PageInfo> &Workspace::places()
{
    static const QList<PageInfo> all{
        {QStringLiteral("now"), title("Now"), QStringLiteral("now")},
        {QStringLiteral("events"), title("Events"), QStringLiteral("events")},
        {QStringLiteral("executions"), title("Executions"), QStringLiteral("executions")},
        {QStringLiteral("rules"), title("Rules"), QStringLiteral("rules")},
        {QStringLiteral("actions"), title("Actions"), QStringLiteral("actions")},
        {QStringLiteral("sensors"), title("Sensors"), QStringLiteral("sensors")},
        {QStringLiteral("packs"), title("Packs"), QStringLiteral("packs")},
    };
    return all;
}

Workspace::Workspace(Session &session, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_stack(new QStackedWidget)
    , m_dock(new LiveDock(session, this))
{
    setWindowFlags(Qt::Widget);
    setCentralWidget(m_stack);
    addDockWidget(Qt::BottomDockWidgetArea, m_dock);
    m_dock->hide();
    connect(m_dock, &LiveDock::placeWanted, this, &Workspace::go);
    connect(&session, &Session::zoneChanged, m_dock, [this] { m_dock->setZone(m_session.zone()); });
    // These two count what wants a person while another page is looked at.
    make(QStringLiteral("executions"));
    make(QStringLiteral("sensors"));
}

Page *Workspace::make(const QString &name)
{
    Page *page = nullptr;
    if (name == QLatin1String("now"))
        page = new NowPage(m_session);
    else if (name == QLatin1String("events"))
        page = new EventsPage(m_session);
    else if (name == QLatin1String("executions"))
        page = new ExecutionsPage(m_session);
    else if (name == QLatin1String("rules"))
        page = new RulesPage(m_session);
    else if (name == QLatin1String("actions"))
        page = new ActionsPage(m_session);
    else if (name == QLatin1String("sensors"))
        page = new SensorsPage(m_session);
    else if (name == QLatin1String("packs"))
        page = new PacksPage(m_session);
    if (!page)
        return nullptr;
    m_stack->addWidget(page);
    m_pages.insert(name, page);
    connect(page, &Page::placeWanted, this, &Workspace::go);
    connect(page, &Page::crumbsChanged, this, &Workspace::crumbsChanged);
    connect(page, &Page::filterChanged, this, [this, page] {
        if (page == this->page())
            emit filterChanged();
    });
    connect(page, &Page::wantingChanged, this,
            [this, page] { emit badgeChanged(page->name(), page->wanting()); });
    return page;
}

Page *Workspace::pageNamed(const QString &name)
{
    Page *known = m_pages.value(name);
    return known ? known : make(name);
}

Page *Workspace::page() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

void Workspace::go(const Place &place)
{
    Page *page = pageNamed(place.page);
    if (!page)
        return;
    if (!m_here.page.isEmpty() && !(m_here == place)) {
        m_before.append(m_here);
        if (m_before.size() > remembered)
            m_before.removeFirst();
    }
    m_here = place;
    m_stack->setCurrentWidget(page);
    page->setFocus();
    page->open(place);
    emit moved();
}

bool Workspace::goBack()
{
    if (m_before.isEmpty())
        return false;
    const Place place = m_before.takeLast();
    m_here = {};
    go(place);
    return true;
}

void Workspace::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("page"), m_here.page);
    settings.setValue(QStringLiteral("docks"), saveState());
    settings.setValue(QStringLiteral("dock"), m_dock->current());
    for (const Page *page : m_pages) {
        settings.beginGroup(page->name());
        settings.setValue(QStringLiteral("filter"), page->filterText());
        page->save(settings);
        settings.endGroup();
    }
}

void Workspace::restore(QSettings &settings)
{
    restoreState(settings.value(QStringLiteral("docks")).toByteArray());
    m_dock->setCurrent(qBound(0, settings.value(QStringLiteral("dock")).toInt(), 2));
    for (const PageInfo &info : places()) {
        if (!settings.childGroups().contains(info.name))
            continue;
        Page *page = pageNamed(info.name);
        settings.beginGroup(info.name);
        page->restore(settings);
        page->setFilterText(settings.value(QStringLiteral("filter")).toString());
        settings.endGroup();
    }
    go({settings.value(QStringLiteral("page"), QStringLiteral("now")).toString()});
    if (m_here.page.isEmpty())
        go({QStringLiteral("now")});
}

} // namespace stormglass::ui
