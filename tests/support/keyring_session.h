#pragma once

#include <QCoreApplication>
#include <QTest>

namespace stormglass {

// Runs this program once more within a bus and a keyring of its own, so that what it keeps is
// nobody else's.

struct KeyringOutcome
{
    int code = -1;
    QByteArray said;
};

// False where dbus or gnome-keyring is not installed.
bool hasKeyring();
KeyringOutcome runWithOpenKeyring();
// It answers as if it were empty, and nobody is there to open it.
KeyringOutcome runWithLockedKeyring();

// `open` or `locked` within one of these; else empty, and this program is cut off from whatever bus
// it is run within. Called first of all.
QByteArray keyringMode();

// A test within an open keyring, one within a locked one, and one without any, which runs those.
template <typename Open, typename Locked, typename Without>
int runKeyringTests(int argc, char **argv)
{
    const QByteArray mode = keyringMode();
    QCoreApplication application(argc, argv);
    if (mode == "open") {
        Open test;
        return QTest::qExec(&test, argc, argv);
    }
    if (mode == "locked") {
        Locked test;
        return QTest::qExec(&test, argc, argv);
    }
    Without test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace stormglass
