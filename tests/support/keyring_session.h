#pragma once

#include <QByteArray>

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

} // namespace stormglass
