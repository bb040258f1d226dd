#include "tests/support/keyring_session.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// Set where a bus and an open keyring are around this program.
constexpr const char *keyringMark = "SG_TEST_IN_KEYRING";

QProcessEnvironment privateEnvironment(const QTemporaryDir &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        environment.insert(QString::fromLatin1(name), home.path());
    for (const char *name : {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "XDG_CURRENT_DESKTOP"})
        environment.remove(QString::fromLatin1(name));
    return environment;
}

KeyringOutcome run(const QString &mode, const QString &script)
{
    const QTemporaryDir home;
    QProcessEnvironment environment = privateEnvironment(home);
    environment.insert(QString::fromLatin1(keyringMark), mode);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(
        u"dbus-run-session"_s,
        {u"--"_s, u"sh"_s, u"-c"_s, script, u"sh"_s, QCoreApplication::applicationFilePath()});
    if (!process.waitForFinished(60'000))
        return {-1, process.readAll() + "did not end"};
    return {process.exitCode(), process.readAll()};
}

} // namespace

bool hasKeyring()
{
    return !QStandardPaths::findExecutable(u"dbus-run-session"_s).isEmpty()
        && !QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty();
}

KeyringOutcome runWithOpenKeyring()
{
    return run(
        u"open"_s,
        u"printf pw\\n | gnome-keyring-daemon --unlock --components=secrets && exec \"$1\""_s);
}

KeyringOutcome runWithLockedKeyring()
{
    return run(u"locked"_s, u"gnome-keyring-daemon --start --components=secrets; exec \"$1\""_s);
}

QByteArray keyringMode()
{
    const QByteArray mode = qgetenv(keyringMark);
    if (mode.isEmpty()) {
        // Whatever bus the tests are run within is none of theirs.
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qunsetenv("DISPLAY");
        qputenv("XDG_RUNTIME_DIR", "/nonexistent");
    }
    return mode;
}

} // namespace stormglass
