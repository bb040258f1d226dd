#pragma once

#include <QString>

namespace stormglass {

// Where in the data folder packs, their environments and what an operation works on are. All on
// one file system, so that moving is renaming.
struct PackageLayout
{
    QString data;

    QString packs() const { return data + QStringLiteral("/packs"); }
    QString pack(const QString &ref) const { return packs() + QLatin1Char('/') + ref; }
    // A link to the environment in use: a new one takes its place in one step.
    QString virtualenv(const QString &ref) const
    {
        return data + QStringLiteral("/virtualenvs/") + ref;
    }
    // Environments cannot be moved, because their programs name their own path; so each is made
    // where it will stay.
    QString environments() const { return data + QStringLiteral("/environments"); }
    QString environment(const QString &ref, const QString &operation) const
    {
        return environments() + QLatin1Char('/') + ref + QLatin1Char('-') + operation;
    }

    QString work() const { return data + QStringLiteral("/packaging"); }
    QString indexes() const { return work() + QStringLiteral("/index"); }
    QString operations() const { return work() + QStringLiteral("/operations"); }
    QString operation(const QString &id) const { return operations() + QLatin1Char('/') + id; }
    QString trash(const QString &id) const { return operation(id) + QStringLiteral("/trash"); }
    // The version before the installed one, and what is known of it.
    QString previous(const QString &ref) const
    {
        return work() + QStringLiteral("/previous/") + ref;
    }
    // Where the installed version came from.
    QString origin(const QString &ref) const
    {
        return work() + QStringLiteral("/installed/") + ref + QStringLiteral(".json");
    }
};

} // namespace stormglass
