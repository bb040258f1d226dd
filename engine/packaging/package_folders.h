#pragma once

#include "engine/base/result.h"
#include "engine/packaging/pack_plan.h"
#include "engine/packaging/package_layout.h"

namespace stormglass {

// Moves packs and their environments into place and away again. Each step is one renaming, and
// each function may be repeated after a crash in its middle: it does what is left to do.
// Thread: engine.
class PackageFolders
{
public:
    // Operation: whose trash takes what is replaced.
    PackageFolders(PackageLayout layout, QString operation);

    // The fetched folder becomes the pack; what was there is kept as its previous version.
    Result<> putInPlace(const PlannedPack &pack) const;
    // As it was before putInPlace.
    Result<> takeBack(const PlannedPack &pack) const;
    // The folder and the previous version go; the environment too unless the plan names one.
    Result<> takeAway(const PlannedPack &pack) const;
    // Another environment for a pack that stays.
    Result<> useEnvironment(const PlannedPack &pack) const;

private:
    Result<> exchange(const QString &a, const QString &b) const;
    Result<> move(const QString &from, const QString &to) const;
    Result<> keepPrevious(const PlannedPack &pack) const;
    Result<> setLink(const QString &ref, const QString &environment) const;
    Result<> discard(const QString &path, const QString &name) const;

    PackageLayout m_layout;
    QString m_operation;
};

// What the link of a pack's environment points at; empty if there is none.
QString environmentInUse(const PackageLayout &layout, const QString &ref);

} // namespace stormglass
