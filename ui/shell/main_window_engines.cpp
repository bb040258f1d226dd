// Which engines MainWindow knows, and how it goes from one to another.
#include "ui/shell/main_window.h"

#include "ui/pages/danger_dialog.h"
#include "ui/shell/instance_dialog.h"
#include "ui/shell/kind_look.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/workspace.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/plain_text.h"

#include <QMenu>
#include <QStackedWidget>

#include <algorithm>

namespace stormglass::ui {

MainWindow::Opened::~Opened()
{
    // Its pages go before what they show.
    delete workspace.data();
}

void MainWindow::loadEngines(const std::vector<ConsoleInstance> &instances)
{
    const std::vector<RemoteEntry> remembered
        = m_options.connect ? m_memory.remotes() : std::vector<RemoteEntry>();
    for (const ConsoleInstance &given : instances) {
        auto engine = std::make_unique<Engine>();
        engine->entry = {given.name, given.url, given.kind, given.credential};
        engine->instance = given.instance;
        engine->isGiven = true;
        m_engines.push_back(std::move(engine));
    }
    SG_ASSERT(!m_engines.empty());
    for (const RemoteEntry &entry : remembered) {
        const auto same = std::find_if(m_engines.begin(), m_engines.end(), [&](const auto &known) {
            return known->isGiven && known->entry.url == entry.url;
        });
        // One that was asked for by its address is known by its name.
        if (same != m_engines.end()) {
            const Credential given = (*same)->entry.credential;
            (*same)->entry = entry;
            (*same)->isGiven = false;
            if (!given.secret.isEmpty())
                (*same)->entry.credential = given;
        } else {
            const bool isTaken = engineNamed(entry.name) != nullptr;
            m_engines.push_back(std::make_unique<Engine>());
            m_engines.back()->entry = entry;
            if (isTaken)
                m_engines.back()->entry.name += QLatin1Char(' ') + entry.url.authority();
        }
    }
}

MainWindow::Engine *MainWindow::engineNamed(const QString &name)
{
    for (const auto &engine : m_engines) {
        if (engine->name() == name)
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
        = engine->isRemote() && engine->entry.credential.secret.isEmpty() && !engine->opened;
    if (!needsKey) {
        openEngine(*engine);
        return;
    }
    // At the start there must be something to look at; the remote follows when its key is known.
    if (!m_engine)
        openEngine(*m_engines.front());
    if (!m_options.keys.recall || !engine->entry.keepsKey) {
        editRemote(name, tr("The key of this engine is not kept; it is asked for once."));
        return;
    }
    m_options.keys.recall(engine->entry.keyName(),
                          [window = QPointer<MainWindow>(this), name](const Result<QString> &key) {
                              if (window)
                                  window->takeKey(name, key);
                          });
}

void MainWindow::takeKey(const QString &name, const Result<QString> &key)
{
    Engine *engine = engineNamed(name);
    if (!engine)
        return;
    if (key && !key->isEmpty()) {
        engine->entry.credential.secret = *key;
        reopenEngine(*engine);
        return;
    }
    const bool isMissing = key || key.error().code == ErrorCode::NotFound;
    editRemote(name,
               isMissing ? tr("No key of this engine is kept; it is asked for once.")
                         : tr("%1 The key is asked for once and kept until Stormglass ends.")
                               .arg(key.error().message));
}

// What is open is let go of only when something else is shown.
void MainWindow::reopenEngine(Engine &engine)
{
    const std::unique_ptr<Opened> former = std::move(engine.opened);
    if (former && former->owned)
        engine.instance = nullptr;
    openEngine(engine);
}

void MainWindow::openEngine(Engine &engine)
{
    if (m_workspace)
        saveState();
    const bool isFresh = !engine.opened;
    if (isFresh)
        prepareEngine(engine);
    m_engine = &engine;
    m_workspace = engine.opened->workspace;
    m_stack->setCurrentWidget(m_workspace);
    if (isFresh) {
        m_memory.within(engine.name(),
                        [this](QSettings &settings) { m_workspace->restore(settings); });
        setZone(m_memory.zone());
    }
    engine.opened->session->start();
    m_status->show(*engine.opened->session);
    for (const Workspace::PageInfo &info : Workspace::places())
        m_rail->setBadge(info.name, 0);
    for (const char *counting : {"executions", "sensors"})
        m_rail->setBadge(QString::fromLatin1(counting),
                         m_workspace->pageNamed(QString::fromLatin1(counting))->wanting());
    m_memory.setLastInstance(engine.name());
    refreshState();
    refreshBar();
}

void MainWindow::prepareEngine(Engine &engine)
{
    auto opened = std::make_unique<Opened>();
    if (!engine.instance) {
        opened->owned = m_options.connect(engine.entry.url, engine.entry.credential);
        engine.instance = opened->owned.get();
    }
    opened->session = std::make_unique<Session>(*engine.instance, engine.name(), engine.entry.kind,
                                                engine.entry.credential, *m_options.clock);
    auto *workspace = new Workspace(*opened->session);
    opened->workspace = workspace;
    m_stack->addWidget(workspace);
    connect(workspace, &Workspace::moved, this, &MainWindow::refreshBar);
    connect(workspace, &Workspace::crumbsChanged, this, &MainWindow::refreshBar);
    connect(workspace, &Workspace::filterChanged, this, &MainWindow::refreshBar);
    connect(workspace, &Workspace::badgeChanged, m_rail,
            [this, &engine](const QString &page, int count) {
                if (&engine == m_engine)
                    m_rail->setBadge(page, count);
            });
    connect(&opened->session->connection, &Connection::stateChanged, this, [this, &engine] {
        keepKey(engine);
        if (&engine == m_engine)
            refreshState();
    });
    connect(&opened->session->connection, &Connection::stalledChanged, this, [this, &engine] {
        if (&engine == m_engine)
            refreshState();
    });
    engine.opened = std::move(opened);
}

// It holds the line and says nothing: stopped, or busy beyond measure.
void MainWindow::showStall()
{
    const QString text
        = tr("%1 has not answered for some seconds. What is shown is what was known; it is still "
             "being asked.")
              .arg(m_engine->name());
    if (m_reachability->text() == text)
        return;
    m_reachability->show(Tone::Warn, QStringLiteral("waiting"), text);
    m_reachability->setDismissable(false);
}

// An engine that is not there is said across the window, with what can be done about it.
void MainWindow::showReachability()
{
    const InstanceState state = m_engine->instance->state();
    const bool isStalled = m_workspace->session().connection.isStalled();
    if (state.kind != InstanceState::Kind::Unreachable) {
        if (isStalled)
            showStall();
        else
            m_reachability->clear();
        return;
    }
    const QString text = state.isRefusal
        ? tr("%1 is there, and does not accept the key.").arg(m_engine->name())
        : tr("%1 is not reached, and is tried again by itself. %2")
              .arg(m_engine->name(), state.message);
    if (m_reachability->text() == text)
        return;
    m_reachability->show(Tone::Bad,
                         state.isRefusal ? QStringLiteral("lock") : QStringLiteral("error"), text);
    m_reachability->setDismissable(false);
    m_reachability->addAction(tr("Try now"), QStringLiteral("refresh"),
                              [this] { m_workspace->session().reload(); });
    if (!m_engine->isRemote() || !m_options.connect)
        return;
    const QString reason = state.isRefusal ? text : QString();
    m_reachability->addAction(state.isRefusal ? tr("Give another key\u2026") : tr("Change\u2026"),
                              QStringLiteral("edit"),
                              [this, reason] { editRemote(m_engine->name(), reason); });
}

void MainWindow::fillInstanceMenu()
{
    m_instanceMenu->clear();
    for (const auto &engine : m_engines) {
        QAction *action = m_instanceMenu->addAction(
            themedIcon(engine->isRemote() ? QStringLiteral("remote") : QStringLiteral("local"),
                       toneOf(engine->entry.kind)),
            plainActionText(engine->name()), this,
            [this, name = engine->name()] { showInstance(name); });
        action->setCheckable(true);
        action->setChecked(engine.get() == m_engine);
    }
    if (!m_options.connect)
        return;
    m_instanceMenu->addSeparator();
    m_instanceMenu->addAction(themedIcon(QStringLiteral("plus")), tr("Add an engine\u2026"), this,
                              [this] { editRemote({}); });
    if (!m_engine->isRemote())
        return;
    m_instanceMenu->addAction(themedIcon(QStringLiteral("edit")), tr("Change this engine\u2026"),
                              this, [this] { editRemote(m_engine->name()); });
    if (m_engines.size() > 1)
        m_instanceMenu->addAction(themedIcon(QStringLiteral("trash")),
                                  tr("Forget this engine\u2026"), this,
                                  [this] { askToRemove(m_engine->name()); });
}

void MainWindow::editRemote(const QString &name, const QString &reason)
{
    RemoteEntry entry;
    if (const Engine *known = engineNamed(name))
        entry = known->entry;
    QStringList names;
    for (const auto &engine : m_engines)
        names.append(engine->name());
    auto *dialog = new InstanceDialog(entry, names, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setCanKeep(static_cast<bool>(m_options.keys.keep));
    if (!reason.isEmpty())
        dialog->setReason(reason);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, name] { storeRemote(dialog->entry(), name); });
    dialog->open();
}

void MainWindow::storeRemote(const RemoteEntry &entry, const QString &formerName)
{
    Engine *engine = engineNamed(formerName);
    if (!engine) {
        m_engines.push_back(std::make_unique<Engine>());
        engine = m_engines.back().get();
    }
    const RemoteEntry former = engine->entry;
    engine->entry = entry;
    engine->isGiven = false;
    rememberRemotes();
    if (m_options.keys.forget && !former.name.isEmpty() && former.keepsKey
        && (!entry.keepsKey || former.keyName() != entry.keyName()))
        m_options.keys.forget(former.keyName());
    engine->hasKeyToKeep = entry.keepsKey;
    reopenEngine(*engine);
}

// A key is worth keeping when it has opened something.
void MainWindow::keepKey(Engine &engine)
{
    if (!engine.hasKeyToKeep || !m_options.keys.keep
        || engine.instance->state().kind != InstanceState::Kind::Ready)
        return;
    engine.hasKeyToKeep = false;
    const RemoteEntry &entry = engine.entry;
    m_options.keys.keep(
        entry.keyName(), entry.credential.secret,
        [window = QPointer<MainWindow>(this), name = entry.name](const Result<> &kept) {
            if (!window || kept)
                return;
            window->m_notice->show(Tone::Warn, QStringLiteral("lock"),
                                   tr("The key of %1 is kept only until Stormglass ends. %2")
                                       .arg(name, kept.error().message));
        });
}

void MainWindow::askToRemove(const QString &name)
{
    const Engine *engine = engineNamed(name);
    if (!engine || !engine->opened)
        return;
    auto *dialog = new DangerDialog(
        {tr("Forget %1?").arg(name),
         tr("Its address and its key are removed from this computer. The engine itself and what it "
            "holds are not touched."),
         tr("Forget it")},
        {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, name] { removeRemote(name); });
    dialog->open();
}

void MainWindow::removeRemote(const QString &name)
{
    Engine *engine = engineNamed(name);
    if (!engine || !engine->isRemote() || m_engines.size() < 2)
        return;
    if (engine == m_engine)
        openEngine(*(engine == m_engines.front().get() ? m_engines[1] : m_engines.front()));
    if (m_options.keys.forget && engine->entry.keepsKey)
        m_options.keys.forget(engine->entry.keyName());
    std::erase_if(m_engines, [engine](const auto &known) { return known.get() == engine; });
    rememberRemotes();
}

void MainWindow::rememberRemotes()
{
    std::vector<RemoteEntry> remotes;
    for (const auto &engine : m_engines) {
        if (engine->isRemote() && !engine->isGiven)
            remotes.push_back(engine->entry);
    }
    m_memory.setRemotes(remotes);
}

void MainWindow::saveState()
{
    m_memory.setGeometry(saveGeometry());
    if (m_engine)
        m_memory.within(m_engine->name(),
                        [this](QSettings &settings) { m_workspace->save(settings); });
}

} // namespace stormglass::ui
