#include "engine/packaging/pack_manifest.h"

#include "engine/packaging/pack_source.h"
#include "engine/packs/metadata_file.h"
#include "engine/packs/pack_versions.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString withSign(const QString &version)
{
    return version.startsWith(u'v') ? version : u'v' + version;
}

} // namespace

Result<PackManifest> packManifestIn(const QString &folder, const QString &directory)
{
    if (!QFileInfo::exists(folder + u"/pack.yaml"_s))
        return failure(ErrorCode::Invalid, u"There is no pack.yaml in it, so it is no pack."_s);
    SG_LET(MetadataFile file, readMapping(folder, u"pack.yaml"_s));
    PackManifest manifest;
    manifest.content = file.content;
    SG_LET(manifest.ref, packRefOf(file.content, directory));
    // A ref becomes the name of a folder.
    if (!isPackRef(manifest.ref) || manifest.ref == u"_global"_s)
        return failure(ErrorCode::Invalid,
                       u"Pack ref / name can only contain valid word characters (a-z, 0-9 and _), "
                       "dashes are not allowed: \"%1\"."_s.arg(manifest.ref));
    manifest.name = file.content["name"].toQStringOr(manifest.ref);
    manifest.version = normalisedPackVersion(file.content["version"]);
    if (!isPackVersion(manifest.version))
        return failure(ErrorCode::Invalid,
                       u"Pack version \"%1\" doesn't follow a valid semver format. Valid versions "
                       "and formats include: 0.1.0, 0.2.1, 1.1.0, etc."_s.arg(manifest.version));
    for (const Value &dependency : file.content["dependencies"].itemsOrNone())
        manifest.dependencies << dependency.toQStringOr({});
    return manifest;
}

QString packFolderOf(const QString &ref, const QStringList &packFolders)
{
    for (const QString &base : packFolders) {
        const QString folder = base + u'/' + ref;
        if (QFileInfo::exists(folder + u"/pack.yaml"_s))
            return folder;
    }
    return {};
}

PackDependency packDependencyOf(const QString &written)
{
    const QStringList parts = written.trimmed().split(u'=');
    return {parts[0], lastName(parts[0]), parts.value(1)};
}

bool isSameVersion(const QString &a, const QString &b)
{
    return withSign(a) == withSign(b);
}

bool isSystemPack(const QString &ref)
{
    return ref == u"core" || ref == u"packs" || ref == u"linux" || ref == u"chatops";
}

} // namespace stormglass
