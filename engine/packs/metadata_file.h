#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// One YAML file of a pack, read and found to be a mapping.
struct MetadataFile
{
    // Relative to the pack's folder: `actions/run.yaml`.
    QString path;
    Value content;
    // What an author should know although the file loads.
    QStringList warnings;
};

// Reads `<folder>/<path>`; times become text, as packs see them. Invalid with `line:column` in
// `place` where the YAML is at fault.
Result<MetadataFile> readMapping(const QString &folder, const QString &path);

// The same for a file that belongs to a pack: fills in `pack` where it is missing (content.md 1.2).
Result<MetadataFile> readMetadataFile(const QString &packFolder, const QString &path,
                                      const QString &packName);
// For the text of a file that was read already.
Result<MetadataFile> metadataFileFrom(std::string_view text, const QString &path,
                                      const QString &packName);

// `<folder>/*.yaml` and `*.yml`, not recursive, sorted by path (content.md 1.2).
QStringList metadataFilesIn(const QString &packFolder, const QString &folder);

// Both parts of a ref must be there. ValueError.
Result<> expectName(const QString &pack, const QString &name);

// As StackStorm keeps them: name and value as texts, other members dropped.
Result<Value> tagsOf(const Value &content);

// The known name that is likeliest meant; empty if none is near.
QString nearestName(const QString &name, const QStringList &known);

} // namespace stormglass
