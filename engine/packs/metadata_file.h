#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

namespace stormglass {

// One YAML file of a pack, read and found to be a mapping that belongs to the pack.
struct MetadataFile
{
    // Relative to the pack's folder: `actions/run.yaml`.
    QString path;
    Value content;
    // What an author should know although the file loads.
    QStringList warnings;
};

// Reads `<packFolder>/<path>`; fills in `pack` where it is missing (content.md 1.2). Invalid with
// `line:column` in `place` where the YAML is at fault.
Result<MetadataFile> readMetadataFile(const QString &packFolder, const QString &path,
                                      const QString &packName);

// `<folder>/*.yaml` and `*.yml`, not recursive, sorted by path (content.md 1.2).
QStringList metadataFilesIn(const QString &packFolder, const QString &folder);

// Refuses members a file of this kind does not have, naming the nearest that it has.
Result<> refuseUnknownMembers(const Value &content, const QStringList &known);

// A member of a kind, or its absence. Invalid says which member must be what.
Result<QString> textMember(const Value &content, const char *name, const QString &fallback = {});
Result<QString> requiredText(const Value &content, const char *name);
Result<bool> flagMember(const Value &content, const char *name, bool fallback);
Result<Value> mapMember(const Value &content, const char *name);
Result<Value> listMember(const Value &content, const char *name);

} // namespace stormglass
