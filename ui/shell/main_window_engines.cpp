// Which engines MainWindow knows, and how it goes from one to another.
#include "ui/shell/main_window.h"

#include "ui/shell/instance_dialog.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/workspace.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/plain_text.h"

#include <QMenu>
#include <QStackedWidget>

namespace stormglass::ui {

void MainWindow::loadEngines(const std::vector<ConsoleInstance> &instances)
{
    for (const ConsoleInstance &given : instances) {
        auto engine = std::make_unique<Engine>();
        engine->name = given.name;
        engine->kind = given.kind;
        engine->credential = given.credential;
        engine->instance = given.instance;
        m_engines.push_back(std::move(engine));
    }
    SG_ASSERT(!m_engines.empty());
    if (!m_options.connect)
        return;
    for (const RemoteEntry &entry : m_memory.remotes()) {
        if (engineNamed(entry.name))
            continue;
        auto engine = std::make_unique<Engine>();
        engine->name = entry.name;
        engine->kind = entry.kind;
        engine->credential = entry.credential;
        engine->url = entry.url;
        m_engines.push_back(std::move(engine));
    }
}

MainWindow::Engine *MainWindow::engineNamed(const QString &name)
{
    for (const auto &engine : m_engines) {
        if (engine->name == name)
            return engine.get();
    }
    return nullptr;
}

void MainWindow::showInstance(const QString &name)
{
    Engine *engine = engineNamed(name);
    if (!engine)
        return;
    const bool needsKey
        = !engine->url.isEmpty() && engine->credential.secret.isEmpty() && !engine->session;
    if (!needsKey) {
        openEngine(*engine);
        return;
    }
    // At the start there must be something to look at; the remote follows when its key is known.
    if (!m_engine)
        openEngine(*m_engines.front());
    if (!m_options.recallSecret) {
        editRemote(name);
        return;
    }
    m_options.recallSecret(name, [this, name](const QString &secret) {
        Engine *found = engineNamed(name);
        if (!found)
            return;
        found->credential.secret = secret;
        if (secret.isEmpty())
            editRemote(name);
        else
            openEngine(*found);
    });
}

void MainWindow::openEngine(Engine &engine)
{
    if (!engine.instance) {
        engine.owned = m_options.connect(engine.url);
        engine.instance = engine.owned.get();
    }
    if (m_workspace)
        saveState();
    const bool isFresh = !engine.session;
    if (isFresh) {
        engine.session = std::make_unique<Session>(*engine.instance, engine.name, engine.kind,
                                                   engine.credential, *m_options.clock);
        engine.workspace = new Workspace(*engine.session);
        m_stack->addWidget(engine.workspace);
        connect(engine.workspace, &Workspace::moved, this, &MainWindow::refreshBar);
        connect(engine.workspace, &Workspace::crumbsChanged, this, &MainWindow::refreshBar);
        connect(engine.workspace, &Workspace::filterChanged, this, &MainWindow::refreshBar);
        connect(engine.workspace, &Workspace::badgeChanged, m_rail,
                [this, &engine](const QString &page, int count) {
                    if (&engine == m_engine)
                        m_rail->setBadge(page, count);
                });
        connect(&engine.session->connection, &Connection::stateChanged, this, [this, &engine] {
            if (&engine == m_engine)
                refreshState();
        });
    }
    m_engine = &engine;
    m_workspace = engine.workspace;
    m_stack->setCurrentWidget(engine.workspace);
    if (isFresh) {
        m_memory.within(engine.name,
                        [&engine](QSettings &settings) { engine.workspace->restore(settings); });
        setZone(m_memory.zone());
    }
    engine.session->start();
    m_status->show(*engine.session);
    for (const Workspace::PageInfo &info : Workspace::places())
        m_rail->setBadge(info.name, 0);
    for (const char *counting : {"executions", "sensors"})
        m_rail->setBadge(QString::fromLatin1(counting),
                         m_workspace->pageNamed(QString::fromLatin1(counting))->wanting());
    m_memory.setLastInstance(engine.name);
    refreshState();
    refreshBar();
}

void MainWindow::fillInstanceMenu()
{
    m_instanceMenu->clear();
    for (const auto &engine : m_engines) {
        const bool isRemote = !engine->url.isEmpty();
        QAction *action = m_instanceMenu->addAction(
            themedIcon(isRemote ? QStringLiteral("remote") : QStringLiteral("local")),
            plainActionText(engine->name), this,
            [this, name = engine->name] { showInstance(name); });
        action->setCheckable(true);
        action->setChecked(engine.get() == m_engine);
    }
    if (!m_options.connect)
        return;
    m_instanceMenu->addSeparator();
    m_instanceMenu->addAction(themedIcon(QStringLiteral("plus")), tr("Add an engine\u2026"), this,
                              [this] { editRemote({}); });
    if (m_engine->url.isEmpty())
        return;
    m_instanceMenu->addAction(themedIcon(QStringLiteral("edit")), tr("Change this engine\u2026"),
                              this, [this] { editRemote(m_engine->name); });
    m_instanceMenu->addAction(themedIcon(QStringLiteral("trash")), tr("Forget this engine"), this,
                              [this] { removeRemote(m_engine->name); });
}

void MainWindow::editRemote(const QString &name)
{
    RemoteEntry entry;
    if (const Engine *known = engineNamed(name))
        entry = {known->name, known->url, known->kind, known->credential};
    QStringList names;
    for (const auto &engine : m_engines)
        names.append(engine->name);
    auto *dialog = new InstanceDialog(entry, names, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, name] { storeRemote(dialog->entry(), name); });
    dialog->open();
}

void MainWindow::storeRemote(const RemoteEntry &entry, const QString &formerName)
{
    if (engineNamed(formerName))
        removeRemote(formerName);
    auto engine = std::make_unique<Engine>();
    engine->name = entry.name;
    engine->kind = entry.kind;
    engine->credential = entry.credential;
    engine->url = entry.url;
    m_engines.push_back(std::move(engine));
    rememberRemotes();
    if (m_options.keepSecret)
        m_options.keepSecret(entry.name, entry.credential.secret);
    openEngine(*m_engines.back());
}

void MainWindow::removeRemote(const QString &name)
{
    Engine *engine = engineNamed(name);
    if (!engine || engine->url.isEmpty())
        return;
    if (engine == m_engine)
        openEngine(*m_engines.front());
    // Its pages go before what they show.
    delete engine->workspace;
    std::erase_if(m_engines, [engine](const auto &known) { return known.get() == engine; });
    rememberRemotes();
}

void MainWindow::rememberRemotes()
{
    std::vector<RemoteEntry> remotes;
    for (const auto &engine : m_engines) {
        if (!engine->url.isEmpty())
            remotes.push_back({engine->name, engine->url, engine->kind, engine->credential});
    }
    m_memory.setRemotes(remotes);
}

void MainWindow::saveState()
{
    m_memory.setGeometry(saveGeometry());
    if (m_engine)
        m_memory.within(m_engine->name,
                        [this](QSettings &settings) { m_workspace->save(settings); });
}

} // namespace stormglass::ui
