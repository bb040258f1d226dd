#include "ui/shell/console.h"

#include "ui/shell/main_window.h"
#include "ui/shell/memory.h"
#include "ui/shell/tray.h"
#include "ui/shell/workspace.h"
#include "ui/theme/glyph.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QTimer>

namespace stormglass::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto glance = 4ms;
constexpr auto step = 100ms;
// Of `step`: ten seconds for an engine to answer, which may have much to tell.
constexpr int tries = 100;
// Of `step`: what came with the last answer is laid out, and what it asked for is there.
constexpr int calmEnough = 3;

Scheme schemeFor(const ConsoleOptions &options, const Memory &memory)
{
    const QString theme = options.theme.isEmpty() ? memory.theme() : options.theme;
    if (theme == QLatin1String("dark"))
        return Scheme::Dark;
    return theme == QLatin1String("light") ? Scheme::Light : systemScheme();
}

Density densityFor(const Memory &memory)
{
    const QString density = memory.density();
    return density == QLatin1String("compact") ? Density::Compact
        : density == QLatin1String("roomy")    ? Density::Roomy
                                               : Density::Normal;
}

} // namespace

Console::Console(std::vector<ConsoleInstance> instances, ConsoleOptions options)
    : m_options(std::move(options))
{
    {
        const Memory memory(m_options.stateFile);
        applyTheme(*qApp, schemeFor(m_options, memory), densityFor(memory));
    }
    QApplication::setWindowIcon(productIcon());
    m_window = std::make_unique<MainWindow>(instances, m_options);
    connect(m_window.get(), &MainWindow::quitWanted, this, &Console::quitWanted);
}

Console::~Console()
{
    m_window->saveState();
}

void Console::show()
{
    m_tray = new Tray(this);
    m_window->setHasTray(m_tray->isShown());
    QApplication::setQuitOnLastWindowClosed(!m_tray->isShown());
    connect(m_tray, &Tray::quitWanted, this, &Console::quitWanted);
    connect(m_tray, &Tray::windowWanted, m_window.get(), [this] {
        m_window->show();
        m_window->raise();
        m_window->activateWindow();
    });
    auto *state = new QTimer(this);
    state->setInterval(2s);
    connect(state, &QTimer::timeout, this, [this] {
        const Session &session = m_window->workspace().session();
        m_tray->showState(session.connection.name(), session.connection.state(),
                          session.pulse.running());
    });
    if (m_tray->isShown())
        state->start();
    m_window->show();
    watchForUse();
}

bool Console::isSettled() const
{
    const Workspace &workspace = m_window->workspace();
    return workspace.session().connection.isReady() && workspace.page()->isSettled();
}

void Console::watchForUse()
{
    auto *look = new QTimer(this);
    look->setInterval(glance);
    connect(look, &QTimer::timeout, this, [this, look] {
        if (!isSettled())
            return;
        look->deleteLater();
        look->stop();
        m_window->repaint();
        emit usable();
    });
    look->start();
}

QStringList Console::pageNames()
{
    QStringList names;
    for (const Workspace::PageInfo &info : Workspace::places())
        names.append(info.name);
    return names;
}

void Console::renderPage(const QString &place, Scheme scheme, const QString &file,
                         std::function<void(Result<>)> done)
{
    const QString name = place.section(QLatin1Char('/'), 0, 0);
    const QString id = place.section(QLatin1Char('/'), 1);
    if (!pageNames().contains(name)) {
        done(failure(ErrorCode::Invalid,
                     tr("There is no page \"%1\". Pages: %2.")
                         .arg(name, pageNames().join(QStringLiteral(", ")))));
        return;
    }
    applyTheme(*qApp, scheme);
    m_window->resize(1440, 900);
    m_window->setAttribute(Qt::WA_DontShowOnScreen);
    m_window->show();
    m_window->go({name});
    if (!id.isEmpty())
        m_choice = {name, id};
    trySaving(file, tries, done);
}

void Console::trySaving(const QString &file, int triesLeft,
                        const std::function<void(Result<>)> &done)
{
    QTimer::singleShot(step, this, [this, file, triesLeft, done] {
        const bool isAsking = m_window->workspace().session().connection.isAsking();
        m_calm = isSettled() && !isAsking ? m_calm + 1 : 0;
        // Where events keep coming a page may never rest.
        const bool isTime = m_calm >= calmEnough || triesLeft <= 0;
        if (isTime && !m_choice.page.isEmpty()) {
            m_window->go(std::exchange(m_choice, {}));
            m_calm = 0;
            trySaving(file, tries, done);
            return;
        }
        if (!isTime) {
            trySaving(file, triesLeft - 1, done);
            return;
        }
        if (m_window->grab().save(file))
            done({});
        else
            done(failure(ErrorCode::Unavailable,
                         tr("The picture could not be written to %1.").arg(file)));
    });
}

} // namespace stormglass::ui
