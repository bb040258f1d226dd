#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// The pack.yaml of a folder that is not registered yet, as far as packaging asks.
struct PackManifest
{
    QString ref;
    QString name;
    QString version;
    QStringList dependencies;
    Value content;
};

// Invalid if there is none, or none that could be registered. `directory`: its name, where it is
// one that the pack may be called by; empty for what was fetched.
Result<PackManifest> packManifestIn(const QString &folder, const QString &directory);

// Folder of an installed pack: the first of these folders that has it. Empty if none has.
QString packFolderOf(const QString &ref, const QStringList &packFolders);

// What an entry of `dependencies` asks for.
struct PackDependency
{
    // As it would be written to install it, without the version.
    QString location;
    // What the pack is called by.
    QString name;
    QString version;
};
PackDependency packDependencyOf(const QString &written);
// `1.2.0` and `v1.2.0` are the same version.
bool isSameVersion(const QString &a, const QString &b);

bool isSystemPack(const QString &ref);

} // namespace stormglass
