#pragma once

#include "engine/base/result.h"

#include <QString>

namespace stormglass {

// Where a pack comes from, as somebody wrote it (content.md 12.2): a name of the catalogue, a git
// address, a folder, an archive; with the version, branch, tag or commit that is wanted.
struct PackSource
{
    enum class Kind { Index, Git, Folder, Archive };
    Kind kind = Kind::Index;
    // Name in the catalogue, address, or absolute path. Without user and password.
    QString location;
    // Empty: the latest.
    QString version;
    // What the address had before its host. Never shown, logged or stored.
    QString user;
    QString password;

    // As it may be shown.
    QString text() const;
    friend bool operator==(const PackSource &, const PackSource &) = default;
};

// The source as packSourceOf reads it, with user and password in its address.
QString withSecret(const PackSource &source);

// Looks at the path that a local source names. Invalid for what no program here can fetch.
Result<PackSource> packSourceOf(const QString &written);
// For an address without a version, such as a catalogue's `repo_url`.
Result<PackSource> packSourceAt(const QString &location, const QString &version);

// The name of an address's last part, as dependencies are compared by it: `csv` of
// `https://host/owner/stackstorm-csv.git` is `stackstorm-csv`.
QString lastName(const QString &location);

} // namespace stormglass
