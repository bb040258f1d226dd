#pragma once

#include "ui/pages/page.h"
#include "ui/shell/console_options.h"
#include "ui/shell/memory.h"
#include "ui/shell/palette.h"

#include <QPointer>
#include <QWidget>

class QMenu;
class QStackedWidget;

namespace stormglass::ui {

class KeyHelpSheet;
class NavRail;
class NoticeBar;
class StatusLine;
class TopBar;
class Workspace;

// The frame of the console: places at the left, the bar above, the pulse below, and between them
// the workspace of the engine that is looked at.
class MainWindow : public QWidget
{
    Q_OBJECT

public:
    MainWindow(const std::vector<ConsoleInstance> &instances, ConsoleOptions options,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    void go(const Place &place);
    Workspace &workspace() const { return *m_workspace; }
    Palette &palettePanel() const { return *m_palette; }
    void showInstance(const QString &name);
    void setTheme(const QString &theme);
    void setDensity(const QString &density);
    void setZone(const QString &id);
    void toggleDock();
    void showKeys();
    // Whether the window's closing may leave the program running behind an icon.
    void setHasTray(bool has) { m_hasTray = has; }
    void saveState();

signals:
    void quitWanted();
    void hiddenInTray();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    // What there is of an engine once it was looked at; in this order it is let go of last to
    // first.
    struct Opened
    {
        ~Opened();

        // Of a remote; a local one is borrowed.
        std::unique_ptr<Instance> owned;
        std::unique_ptr<Session> session;
        // A page of the stack, which may take it with it.
        QPointer<Workspace> workspace;
    };
    struct Engine
    {
        RemoteEntry entry;
        // Borrowed, or the owned one.
        Instance *instance = nullptr;
        // Not a remote that a person added, so it is not remembered.
        bool isGiven = false;
        bool hasKeyToKeep = false;
        std::unique_ptr<Opened> opened;

        const QString &name() const { return entry.name; }
        bool isRemote() const { return !entry.url.isEmpty(); }
    };

    void buildFrame();
    void buildKeys();
    void buildViewMenu();
    void loadEngines(const std::vector<ConsoleInstance> &instances);
    Engine *engineNamed(const QString &name);
    void openEngine(Engine &engine);
    void prepareEngine(Engine &engine);
    void reopenEngine(Engine &engine);
    void takeKey(const QString &name, const Result<QString> &key);
    void keepKey(Engine &engine);
    void showReachability();
    void showStall();
    void refreshBar();
    void refreshState();
    void applyFilterText(const QString &text);
    void fillInstanceMenu();
    void editRemote(const QString &name, const QString &reason = {});
    void storeRemote(const RemoteEntry &entry, const QString &formerName);
    void askToRemove(const QString &name);
    void removeRemote(const QString &name);
    void rememberRemotes();
    void askAboutClosing();
    void finishClosing(bool keepsRunning);
    void handleEscape();
    QList<PaletteEntry> paletteEntries();
    void addPlaces(QList<PaletteEntry> &entries);
    void addCommands(QList<PaletteEntry> &entries);
    void addContent(QList<PaletteEntry> &entries, const CatalogueModel &catalogue,
                    const QString &page, const QString &kind, QChar sign);
    QList<KeyHelp> keysEverywhere() const;

    ConsoleOptions m_options;
    Memory m_memory;
    std::vector<std::unique_ptr<Engine>> m_engines;
    Engine *m_engine = nullptr;
    Workspace *m_workspace = nullptr;
    TopBar *m_bar;
    NoticeBar *m_reachability;
    NoticeBar *m_notice;
    NavRail *m_rail;
    QStackedWidget *m_stack;
    StatusLine *m_status;
    Palette *m_palette;
    KeyHelpSheet *m_keys;
    QMenu *m_instanceMenu;
    QMenu *m_viewMenu;
    bool m_hasTray = false;
    bool m_isClosing = false;
};

} // namespace stormglass::ui
