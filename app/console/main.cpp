#include "app/console/key_wait.h"
#include "app/setup/command_line.h"
#include "app/setup/http_door.h"
#include "app/setup/signals.h"
#include "engine/base/thread_name.h"
#include "engine/host/datastore_key.h"
#include "engine/host/engine.h"
#include "engine/host/local_instance.h"
#include "engine/remote/remote_instance.h"
#include "engine/secrets/keychain.h"
#include "ui/shell/console.h"

#include <QApplication>
#include <QDir>
#include <QHostAddress>
#include <QMessageBox>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

int complain(const Error &error)
{
    std::fprintf(stderr, "stormglass: %s\n", qPrintable(error.message));
    return 1;
}

std::unique_ptr<Instance> connectTo(const QUrl &address, const Credential &credential)
{
    RemoteOptions options;
    options.urls = RemoteUrls::at(address.toString());
    options.credential = credential;
    return std::make_unique<RemoteInstance>(std::move(options));
}

// Served so that webhooks and packs' code reach the engine; where the port is taken, on a free one.
Result<std::unique_ptr<HttpDoor>> openDoor(Engine &engine, Settings settings)
{
    Result<std::unique_ptr<HttpDoor>> door = HttpDoor::open(engine, settings);
    if (door || settings.listenAddress.isEmpty())
        return door;
    std::fprintf(stderr, "stormglass: %s Another port is used.\n",
                 qPrintable(door.error().message));
    settings.port = 0;
    return HttpDoor::open(engine, settings);
}

ui::KeyStore keysIn(Keychain &keychain)
{
    ui::KeyStore keys;
    keys.keep = [&keychain](const QString &name, const QString &key, auto done) {
        keychain.keep(name, key, std::move(done));
    };
    keys.recall
        = [&keychain](const QString &name, auto take) { keychain.recall(name, std::move(take)); };
    keys.forget
        = [&keychain](const QString &name) { keychain.forget(name, [](const Result<> &) {}); };
    return keys;
}

ui::ConsoleOptions consoleOptions(const CommandLine &line, const Clock &clock, Keychain &keychain)
{
    ui::ConsoleOptions options;
    options.clock = &clock;
    options.connect = connectTo;
    options.theme = line.theme;
    // A picture shows the page as it is made, not as somebody has arranged it.
    if (!line.screenshotFile.isEmpty())
        return options;
    options.keys = keysIn(keychain);
    options.stateFile = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/stormglass/console.ini"_s;
    return options;
}

struct Shown
{
    ui::ConsoleInstance instance;
    // Where it can be reached.
    QString address;
};

int show(QApplication &application, const CommandLine &line, Shown shown, const Clock &clock,
         Keychain &keychain)
{
    ui::Console console({std::move(shown.instance)}, consoleOptions(line, clock, keychain));
    QObject::connect(&console, &ui::Console::quitWanted, &application, &QCoreApplication::quit);
    // As the daemon says it, and as scripts and measurements wait for it.
    QObject::connect(&console, &ui::Console::usable, &application, [address = shown.address] {
        std::printf("ready %s\n", qPrintable(address));
        std::fflush(stdout);
    });
    int status = 0;
    if (line.screenshotFile.isEmpty()) {
        console.show();
    } else {
        const auto scheme = line.theme == u"dark"_s ? ui::Scheme::Dark : ui::Scheme::Light;
        console.renderPage(line.page, scheme, line.screenshotFile, [&](const Result<> &saved) {
            status = saved ? 0 : complain(saved.error());
            QCoreApplication::quit();
        });
    }
    const int ended = application.exec();
    return ended != 0 ? ended : status;
}

int showRemote(QApplication &application, const CommandLine &line, const Clock &clock)
{
    Keychain keychain(u"Stormglass"_s);
    const QByteArray key = qgetenv("ST2_API_KEY");
    const QUrl url = QUrl::fromUserInput(line.connectUrl);
    // What nobody has said anything about is treated with the most care.
    const bool isHere = QHostAddress(url.host()).isLoopback() || url.host() == u"localhost"_s;
    return show(application, line,
                {{url.authority(QUrl::FullyDecoded | QUrl::RemoveUserInfo),
                  isHere ? ui::InstanceKind::Development : ui::InstanceKind::Production,
                  nullptr,
                  {Credential::Kind::ApiKey, QString::fromUtf8(key)},
                  url},
                 url.toString(QUrl::RemoveUserInfo)},
                clock, keychain);
}

// The settings with the key of the engine's secrets, where a keychain keeps it. False if it was not
// to be had: whoever waited for it has been told, and has given up.
bool takeKey(QApplication &application, const CommandLine &line, Keychain &keychain,
             Settings &settings)
{
    // A key that an operator named stays where it is; and a picture asks nobody for a password.
    if (!settings.datastoreKey.isEmpty() || !line.screenshotFile.isEmpty())
        return true;
    QDir().mkpath(settings.dataFolder);
    KeyWait wait(keychain, settings);
    bool isFound = false;
    QObject::connect(&wait, &KeyWait::found, &application, [&] {
        isFound = true;
        QCoreApplication::exit();
    });
    QObject::connect(&wait, &KeyWait::givenUp, &application, [] { QCoreApplication::exit(); });
    QTimer::singleShot(0, &wait, &KeyWait::begin);
    // The program goes on when the last of this has closed.
    QGuiApplication::setQuitOnLastWindowClosed(false);
    application.exec();
    QGuiApplication::setQuitOnLastWindowClosed(true);
    settings.keychainKey = wait.key().value_or(Value()).markedSecret();
    return isFound;
}

int putKeyIntoFile(QApplication &application, const CommandLine &line)
{
    Keychain keychain(u"Stormglass"_s);
    const KeyPlaces places{line.settings.datastoreKeyFile(), line.settings.datastoreKeyMarker()};
    KeyKeeping keeping(keychain, places, [&line] { return hasStoredSecrets(line.settings); });
    int status = 0;
    QTimer::singleShot(0, &keeping, [&] {
        keeping.putIntoFile([&](const Result<> &put) {
            status = put ? 0 : complain(put.error());
            if (put)
                std::printf("The key is in %s now. Name it as datastore_key_file in "
                            "stormglass.yaml, so that it stays there.\n",
                            qPrintable(places.file));
            QCoreApplication::exit();
        });
    });
    application.exec();
    return status;
}

int showLocal(QApplication &application, const CommandLine &line, const Clock &clock)
{
    Keychain keychain(u"Stormglass"_s);
    Settings settings = line.settings;
    if (!takeKey(application, line, keychain, settings))
        return 1;
    const Result<std::unique_ptr<Engine>> engine = Engine::start(settings, clock);
    if (!engine) {
        // Whoever started it from a menu sees no terminal.
        if (line.screenshotFile.isEmpty())
            QMessageBox::critical(nullptr, u"Stormglass"_s, engine.error().message);
        return complain(engine.error());
    }
    Result<std::unique_ptr<HttpDoor>> door = openDoor(**engine, settings);
    if (!door)
        return complain(door.error());
    int status = 0;
    {
        LocalInstance instance(**engine, (*engine)->feed());
        status = show(application, line,
                      {{u"local"_s, ui::InstanceKind::Local, &instance, Credential::localOwner()},
                       (*door)->url()},
                      clock, keychain);
    }
    // Nobody asks any more when the engine stops.
    door->reset();
    (*engine)->stop();
    return status;
}

// Help, the version and pictures of pages are to be had where there is no screen, too.
bool needsNoScreen(int count, char **arguments)
{
    return std::any_of(arguments + 1, arguments + count, [](const char *argument) {
        const QByteArrayView text(argument);
        return text == "-h" || text == "-v" || text == "--help" || text == "--help-all"
            || text == "--version" || text == "--key-to-file" || text.startsWith("--screenshot");
    });
}

} // namespace

int main(int count, char **arguments)
{
    if (needsNoScreen(count, arguments) && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(count, arguments);
    QCoreApplication::setApplicationName(u"stormglass"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SG_VERSION));
    QGuiApplication::setDesktopFileName(u"stormglass"_s);
    nameThisThread(ThreadName::Main);

    Result<CommandLine> line = readCommandLine(ProgramKind::Console, application.arguments());
    if (!line)
        return complain(line.error());
    if (line->answer) {
        std::printf("%s", qPrintable(*line->answer));
        return 0;
    }
    if (line->putsKeyIntoFile)
        return putKeyIntoFile(application, *line);
    const SystemClock clock;
    const StopSignals signalHandler([&application] { application.quit(); });
    return line->connectUrl.isEmpty() ? showLocal(application, *line, clock)
                                      : showRemote(application, *line, clock);
}
