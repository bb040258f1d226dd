// What MainWindow offers in its palette, and how it is closed.
#include "ui/shell/main_window.h"

#include "ui/shell/closing_dialog.h"
#include "ui/shell/workspace.h"

#include <QCloseEvent>

namespace stormglass::ui {

QList<PaletteEntry> MainWindow::paletteEntries()
{
    QList<PaletteEntry> entries;
    addPlaces(entries);
    addCommands(entries);
    const Session &session = m_workspace->session();
    addContent(entries, session.rules, QStringLiteral("rules"), tr("rule"), QLatin1Char('!'));
    addContent(entries, session.actions, QStringLiteral("actions"), tr("action"), {});
    addContent(entries, session.sensors, QStringLiteral("sensors"), tr("sensor"), {});
    addContent(entries, session.packs, QStringLiteral("packs"), tr("pack"), {});
    for (const Value &execution : session.executions.newest(40)) {
        const QString id = execution["id"].toQStringOr({});
        entries.append({execution["action"]["ref"].toQStringOr({}) + QLatin1Char(' ') + id,
                        tr("execution"),
                        QStringLiteral("executions"),
                        {},
                        QLatin1Char('#'),
                        [this, id] {
                            go({QStringLiteral("executions"), id});
                        }});
    }
    return entries;
}

void MainWindow::addPlaces(QList<PaletteEntry> &entries)
{
    int number = 0;
    for (const Workspace::PageInfo &info : Workspace::places()) {
        const QString key = ++number <= 9 ? QStringLiteral("Alt %1").arg(number) : QString();
        entries.append({info.title,
                        tr("place"),
                        info.glyph,
                        key,
                        {},
                        [this, name = info.name] { go({name}); },
                        true});
    }
    for (const auto &engine : m_engines) {
        const bool isRemote = engine->isRemote();
        entries.append({engine->name(),
                        tr("engine"),
                        isRemote ? QStringLiteral("remote") : QStringLiteral("local"),
                        {},
                        QLatin1Char('@'),
                        [this, name = engine->name()] { showInstance(name); }});
    }
}

void MainWindow::addCommands(QList<PaletteEntry> &entries)
{
    const auto add = [&entries](const QString &text, const QString &glyph, const QString &key,
                                std::function<void()> act, bool offered = false) {
        entries.append(
            {text, tr("command"), glyph, key, QLatin1Char('>'), std::move(act), offered});
    };
    add(
        tr("Make a rule"), QStringLiteral("plus"), QStringLiteral("Ctrl N"),
        [this] {
            go({QStringLiteral("rules"), QStringLiteral("+")});
        },
        true);
    add(
        tr("Open or close the live dock"), QStringLiteral("dock"), QStringLiteral("Ctrl J"),
        [this] { toggleDock(); }, true);
    add(tr("Show the keys of this page"), QStringLiteral("keyboard"), QStringLiteral("?"),
        [this] { showKeys(); });
    add(tr("Light appearance"), QStringLiteral("sun"), {},
        [this] { setTheme(QStringLiteral("light")); });
    add(tr("Dark appearance"), QStringLiteral("moon"), {},
        [this] { setTheme(QStringLiteral("dark")); });
    add(tr("Appearance of the system"), QStringLiteral("appearance"), {}, [this] { setTheme({}); });
    add(tr("Compact rows"), QStringLiteral("list"), {},
        [this] { setDensity(QStringLiteral("compact")); });
    add(tr("Normal rows"), QStringLiteral("list"), {},
        [this] { setDensity(QStringLiteral("normal")); });
    add(tr("Roomy rows"), QStringLiteral("list"), {},
        [this] { setDensity(QStringLiteral("roomy")); });
    add(tr("Times in UTC"), QStringLiteral("clock"), {},
        [this] { setZone(QStringLiteral("UTC")); });
    add(tr("Times of this machine"), QStringLiteral("clock"), {}, [this] { setZone({}); });
    if (m_options.connect)
        add(tr("Add an engine"), QStringLiteral("remote"), {}, [this] { editRemote({}); });
    if (m_options.connect && m_engine->isRemote()) {
        add(tr("Change this engine"), QStringLiteral("edit"), {},
            [this] { editRemote(m_engine->name()); });
        add(tr("Forget this engine"), QStringLiteral("trash"), {},
            [this] { askToRemove(m_engine->name()); });
    }
    add(tr("Quit"), QStringLiteral("power"), QStringLiteral("Ctrl Q"),
        [this] { emit quitWanted(); });
}

void MainWindow::addContent(QList<PaletteEntry> &entries, const CatalogueModel &catalogue,
                            const QString &page, const QString &kind, QChar sign)
{
    for (const Value &item : catalogue.all()) {
        const QString ref = item["ref"].toQStringOr({});
        entries.append({ref, kind, page, {}, sign, [this, page, ref] { go({page, ref}); }});
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_isClosing || !m_hasTray) {
        saveState();
        event->accept();
        if (!m_isClosing)
            emit quitWanted();
        return;
    }
    event->ignore();
    const std::optional<bool> known = m_memory.keepsRunning();
    if (known)
        finishClosing(*known);
    else
        askAboutClosing();
}

// Asked once; the answer is kept.
void MainWindow::askAboutClosing()
{
    auto *dialog = new ClosingDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ClosingDialog::decided, this, [this](bool keepsRunning) {
        m_memory.setKeepsRunning(keepsRunning);
        finishClosing(keepsRunning);
    });
    dialog->open();
}

void MainWindow::finishClosing(bool keepsRunning)
{
    saveState();
    if (keepsRunning) {
        hide();
        emit hiddenInTray();
        return;
    }
    m_isClosing = true;
    close();
    emit quitWanted();
}

} // namespace stormglass::ui
