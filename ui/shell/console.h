#pragma once

#include "ui/pages/page.h"
#include "ui/shell/console_options.h"
#include "ui/theme/tokens.h"

#include <QObject>

namespace stormglass::ui {

class MainWindow;
class Tray;

// The console as a program uses it: a window over some instances, or a picture of one of its pages.
// Thread: Main.
class Console : public QObject
{
    Q_OBJECT

public:
    // At least one instance; the first is the one to fall back on. Sets the application's style.
    Console(std::vector<ConsoleInstance> instances, ConsoleOptions options);
    ~Console() override;

    void show();
    MainWindow &window() const { return *m_window; }

    // Names of pages that can be shown: `now`, `events`, …
    static QStringList pageNames();
    // Writes a picture of a page (`events`, or with what is chosen there: `rules/core.watch`) with
    // what the first instance holds, as soon as it has answered, and says how that went. Needs no
    // screen: works on the offscreen platform.
    void renderPage(const QString &place, Scheme scheme, const QString &file,
                    std::function<void(Result<>)> done);

signals:
    void quitWanted();
    // Once: the first page is painted with what its engine holds.
    void usable();

private:
    bool isSettled() const;
    void watchForUse();
    void trySaving(const QString &file, int triesLeft, const std::function<void(Result<>)> &done);

    ConsoleOptions m_options;
    // What is still to be chosen on the page before its picture is taken.
    Place m_choice;
    // How often in a row the page had what it shows.
    int m_calm = 0;
    std::unique_ptr<MainWindow> m_window;
    Tray *m_tray = nullptr;
};

} // namespace stormglass::ui
